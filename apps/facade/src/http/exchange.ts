import type { GraphError } from "@install-summary/core";
import { randomUUID } from "node:crypto";
import { splitUrl, type RequestUrl } from "./url.ts";

/** The header fields of a request, by their names in lower case. Repeated fields are joined by a comma. */
export interface RequestHeaders {
  get(name: string): string | null;
}

/** What a request brings beside its method and URL. A server may read it at less cost than a `Request` does. */
export interface RequestInput {
  readonly headers: RequestHeaders;
  /**
   * Reads the bytes of the body. Throws `GraphError` 413 as soon as there are more than `maxBytes`, and 400 where the
   * body ends early.
   */
  readonly readBytes: (maxBytes: number) => Promise<Uint8Array>;
}

/** The ids of one request in responses and logs. */
export interface RequestIds {
  /** A fresh GUID. */
  readonly requestId: string;
  /** The caller's own id for the request, or the same as `requestId`. */
  readonly clientRequestId: string;
}

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

/** Gives a request its ids. The caller's own id is kept if it is usable, and replaced by a fresh one if not. */
export function createRequestIds(sent: string | null): RequestIds {
  const requestId = randomUUID();
  if (sent === null) return { requestId, clientRequestId: requestId };
  return { requestId, clientRequestId: isUsableId(sent) ? sent : randomUUID() };
}

/** Whether a caller's own id of a request can be used: printable ASCII of at most 128 characters. */
export function isUsableId(id: string): boolean {
  return /^[\x20-\x7e]{1,128}$/.test(id);
}
