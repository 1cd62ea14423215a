import { graphError } from "@install-summary/core";
import { visibleText } from "@install-summary/core/text";
import {
  authorize,
  checkMethod,
  type Exchange,
  type GraphParts,
  type ImportingStore,
  type MaybePromise,
  optionsResponse,
  readMethods,
  routingPath,
  toResponse,
  whenReady,
} from "@install-summary/core/service";
import { createChangesRoute } from "./changes/changes-route.ts";
import type { StreamLimits } from "./changes/stream-places.ts";

/** What the facade's own API is served with. */
export interface ApiParts extends Pick<GraphParts, "authenticate" | "policy"> {
  readonly store: ImportingStore;
  readonly limits: StreamLimits & { readonly pageSize: number };
  /** Aborted when the service is to end, which ends open streams. */
  readonly closing: AbortSignal;
}

/** Makes the handler of the paths under `/api`. As on the contract's paths, the token is checked before the path. */
export function createApiHandler({
  authenticate,
  policy,
  ...parts
}: ApiParts): (exchange: Exchange) => MaybePromise<Response> {
  const serveChanges = createChangesRoute(parts);
  return (exchange) => {
    const { method, url, headers } = exchange;
    const isChanges = routingPath(url.path) === "/api/changes";
    exchange.resource = isChanges ? "changes" : "api";
    if (method === "OPTIONS" && isChanges) return toResponse(optionsResponse(readMethods), exchange, method);
    return whenReady(authenticate(headers.get("authorization")), (caller) => {
      exchange.tenant = caller.tenantId;
      exchange.actor = caller.actor;
      if (!isChanges) throw unknownPath(url.path);
      checkMethod(method, readMethods);
      authorize(caller, "read", policy);
      return serveChanges(exchange, caller);
    });
  };
}

function unknownPath(path: string): Error {
  const shown = visibleText(path, 64);
  return graphError("ResourceNotFound", `There is no '${shown}'. The change log is at /api/changes.`);
}
