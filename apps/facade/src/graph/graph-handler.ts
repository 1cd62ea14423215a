import type { Exchange } from "../http/exchange.ts";
import { readJsonBody } from "../http/json-body.ts";
import { servePage } from "../http/methods.ts";
import type { PlainResponse } from "../http/response.ts";
import { whenReady, type MaybePromise } from "../http/when-ready.ts";
import type { Authenticate } from "../identity/authenticate.ts";
import { dispatch, readOptions } from "./dispatch.ts";
import { parseResourcePath } from "./path/resource-path.ts";
import type { Service } from "./routes/call.ts";
import { readService } from "./routes/read-service.ts";

/** What the contract's paths are served with. */
export interface GraphParts extends Service {
  readonly authenticate: Authenticate;
}

/** Serves a request whose path is the contract's, or throws the error to respond with. */
export type GraphHandler = (exchange: Exchange) => MaybePromise<PlainResponse>;

/** Makes the handler of the contract's paths: who asks is found out first, and only then whether the path is served. */
export function createGraphHandler({ authenticate, ...service }: GraphParts): GraphHandler {
  const { bodyBytes } = service.limits;
  return (exchange) => {
    const { method, url, headers, requestId } = exchange;
    const resource = parseResourcePath(url.path);
    exchange.resource = resource.kind;
    if ("id" in resource) exchange.app = resource.id;
    const base = `${url.origin}/beta`;
    if (resource.kind === "service") return servePage(exchange, () => readService({ base, headers }));
    if (method === "OPTIONS") return readOptions(resource);
    return whenReady(authenticate(headers.get("authorization")), (caller) => {
      exchange.tenant = caller.tenantId;
      exchange.actor = caller.actor;
      const sentId = headers.get("client-request-id");
      const body = (): Promise<Uint8Array> => readJsonBody(exchange, bodyBytes);
      return dispatch(service, {
        caller,
        method,
        resource,
        query: url.query,
        headers,
        body,
        base,
        requestId,
        // An id that cannot be used was replaced; only the caller's own is recorded.
        clientRequestId: sentId === exchange.clientRequestId ? sentId : undefined,
      });
    });
  };
}
