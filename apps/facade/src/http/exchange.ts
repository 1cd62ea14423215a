import type { GraphError } from "@install-summary/core";
import { createRequestIds, type RequestIds } from "./request-ids.ts";
import type { RequestInput } from "./request-input.ts";
import { splitUrl, type RequestUrl } from "./request-url.ts";

/** A request on its way to its response. The mutable members are what the log says of it, set as they become known. */
export interface Exchange extends RequestInput, RequestIds {
  readonly method: string;
  readonly url: RequestUrl;
  /** What the path names, such as `summary`. */
  resource?: string | undefined;
  /** The id of the app that the path names. */
  app?: string | undefined;
  /** The caller's tenant and name, once the token is verified. */
  tenant?: string | undefined;
  actor?: string | undefined;
  /** The error that the request ended with. */
  error?: GraphError | undefined;
}

/** Begins an exchange. */
export function openExchange({ method, url }: Request, { headers, readBytes }: RequestInput): Exchange {
  const { requestId, clientRequestId } = createRequestIds(headers.get("client-request-id"));
  return {
    requestId,
    clientRequestId,
    method,
    url: splitUrl(url),
    headers,
    readBytes,
    resource: undefined,
    app: undefined,
    tenant: undefined,
    actor: undefined,
    error: undefined,
  };
}
