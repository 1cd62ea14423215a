import { formatETag } from "../../http/etag.ts";
import { graphError, isGraphError, type GraphError } from "../../http/graph-error.ts";
import { repeatedHeader } from "../../http/repeated-header.ts";
import { countApps, getApp, listApps } from "./app-routes.ts";
import type { MemoryStore } from "./memory-store.ts";
import type { MemoryRequest, MemoryResponse } from "./message.ts";
import { parseOptions } from "./parse-options.ts";
import { allowedMethods, parsePath, type Resource } from "./parse-path.ts";
import { errorResponse, requestIds, withCommonHeaders } from "./responses.ts";
import { getSummary, patchSummary } from "./summary-routes.ts";

/** What every response is made from. */
export interface Responder {
  readonly store: MemoryStore;
  /** The maximum number of apps on a page. */
  readonly pageSize: number;
}

/** Carries a request out and gives the response of the contract. */
export function respond(responder: Responder, request: MemoryRequest): MemoryResponse {
  const [path = "", query = ""] = request.path.split("?", 2);
  const resource = parsePath(path);
  const ids = requestIds(request);
  return withCommonHeaders(carryOut(), ids);

  function carryOut(): MemoryResponse {
    try {
      return route(responder, request, resource, query);
    } catch (error) {
      if (!isGraphError(error)) throw error;
      return errorResponse(error, ids, errorHeaders(error, resource, responder.store));
    }
  }
}

/** The order of the checks is part of the contract: token, path, method, permission, query, and then the resource's. */
function route(
  { store, pageSize }: Responder,
  request: MemoryRequest,
  resource: Resource,
  query: string,
): MemoryResponse {
  const { method, identity } = request;
  const allow = allowedMethods(resource);
  if (method === "OPTIONS" && resource.kind !== "unknown") return { status: 204, headers: { allow } };
  if (identity === "none") throw noToken(request);
  if (resource.kind === "unknown") throw resource.error;
  if (!allow.split(", ").includes(method)) {
    throw graphError("MethodNotAllowed", "Specified HTTP method is not allowed for the request target.");
  }
  if (method === "PATCH" && identity === "reader") {
    throw graphError(
      "Forbidden",
      `Application is not authorized to perform this operation. Application must have one of the following scopes: ${writeScope}`,
    );
  }
  const options = parseOptions(query, method, resource);
  switch (resource.kind) {
    case "apps":
      return listApps(store, pageSize, request, options);
    case "count":
      return countApps(store, options);
    case "app":
      return getApp(store, resource.appId, request, options);
    case "summary":
      return method === "PATCH"
        ? patchSummary(store, resource.appId, request, options)
        : getSummary(store, resource.appId, request, options);
  }
}

function noToken({ headers }: MemoryRequest): GraphError {
  const isEmpty = headers["authorization"] === undefined;
  const message = isEmpty
    ? "Access token is empty."
    : "Lifetime validation failed, the token is expired. The memory service accepts another token only.";
  return graphError("InvalidAuthenticationToken", message);
}

const writeScope = "DeviceManagementApps.ReadWrite.All";

function errorHeaders(
  { status, notApplied }: GraphError,
  resource: Resource,
  store: MemoryStore,
): MemoryResponse["headers"] {
  if (status === 401) return { "www-authenticate": 'Bearer realm=""' };
  if (status === 403)
    return { "www-authenticate": `Bearer error="insufficient_scope", scope="${writeScope}"` };
  if (status === 405) return { allow: allowedMethods(resource) };
  if (status === 412 && resource.kind === "summary") {
    const etag = formatETag(store.find(resource.appId).version);
    return { etag, ...(notApplied === true && { [repeatedHeader]: "false" }) };
  }
  return {};
}
