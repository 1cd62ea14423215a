import { graphError } from "../http/graph-error.ts";
import { repeatedHeader } from "../http/repeated-header.ts";
import type { ByteLimit } from "../store/limit-error.ts";
import { checkDeclaredLength, readJsonBody, type Gunzip } from "./exchange/body.ts";
import type { Exchange } from "./exchange/exchange.ts";
import {
  checkMethod,
  type MaybePromise,
  optionsResponse,
  type PlainResponse,
  servePage,
  whenReady,
} from "./exchange/response.ts";
import { authorize, type Authenticate, type Caller } from "./access/caller.ts";
import { serveBatch, type BatchAccount, type BatchParts } from "./batch/serve-batch.ts";
import { contractPaths } from "./path/contract-paths.ts";
import { parseResourcePath, type Resource } from "./path/resource-path.ts";
import type { Call, Service } from "./routes/call.ts";
import { countApps } from "./routes/count-apps.ts";
import { listApps } from "./routes/list-apps.ts";
import { patchSummary } from "./routes/patch-summary.ts";
import { readApp } from "./routes/read-app.ts";
import { serveMetadata } from "./routes/serve-metadata.ts";
import { serveServiceDocument } from "./routes/serve-service-document.ts";
import { readSummary } from "./routes/read-summary.ts";

/** What the contract's paths are served with. */
export interface GraphParts extends Service {
  readonly authenticate: Authenticate;
  /** Counts a request of a caller, those in a batch too. Throws the 429 for a caller who has sent too many. */
  readonly admit?: ((caller: Caller) => void) | undefined;
  /** Opens what bounds the responses of a caller's batch. */
  readonly openAccount?: ((caller: Caller) => BatchAccount) | undefined;
  readonly gunzip: Gunzip;
}

/**
 * Makes the handler of the contract's paths. The caller is identified before the path is judged, so that without a
 * token nothing can be learnt of what is served.
 */
export function createGraphHandler({
  authenticate,
  admit,
  openAccount,
  gunzip,
  ...service
}: GraphParts): (exchange: Exchange) => MaybePromise<PlainResponse> {
  const { limits } = service;
  const bodyLimit: ByteLimit = { limit: "bodyBytes", maxBytes: limits.bodyBytes };
  const batchLimit: ByteLimit = { limit: "batchBytes", maxBytes: limits.batchBytes };
  const serveOne = (exchange: Exchange, resource: Resource, caller: Caller): MaybePromise<PlainResponse> => {
    const { method, url, headers, requestId, abandoned } = exchange;
    const body = (): Promise<Uint8Array> => readJsonBody(exchange, bodyLimit, gunzip);
    const base = baseOf(url);
    const call = { caller, method, resource, query: url.query, headers, body, base, abandoned, requestId };
    const response = dispatch(service, call);
    return method === "PATCH" ? whenReady(response, (one) => noteRepetition(exchange, one)) : response;
  };
  return (exchange) => {
    const { method, url, headers } = exchange;
    const resource = parseResourcePath(url.path);
    const isBatch = resource.kind === "batch";
    checkDeclaredLength(headers, isBatch ? batchLimit : bodyLimit);
    exchange.resource = resource.kind;
    if ("id" in resource) exchange.app = resource.id;
    const page = { base: baseOf(url), headers, query: url.query };
    if (resource.kind === "service") return servePage(exchange, () => serveServiceDocument(page));
    if (resource.kind === "metadata") return servePage(exchange, () => serveMetadata(page));
    if (method === "OPTIONS") return readOptions(resource);
    return whenReady(authenticate(headers.get("authorization"), exchange.connection), (caller) => {
      exchange.tenant = caller.tenantId;
      exchange.actor = caller.actor;
      exchange.claim?.(caller);
      admit?.(caller);
      if (!isBatch) return serveOne(exchange, resource, caller);
      checkMethod(method, contractPaths.batch.methods);
      const serve: BatchParts["serve"] = (item, named) => {
        admit?.(caller);
        return serveOne(item, named, caller);
      };
      return serveBatch(exchange, {
        limit: batchLimit,
        limits,
        gunzip,
        account: openAccount?.(caller),
        serve,
      });
    });
  };
}

/**
 * Serves one call of the contract, or throws the error to respond with. The checks come in the contract's order: path,
 * method, permission, then those of the route. A batch enters here, once per item.
 */
export function dispatch(service: Service, call: Call): MaybePromise<PlainResponse> {
  const { caller, method, resource } = call;
  if (resource.kind === "fault") throw resource.error;
  if (resource.kind === "batch") throw graphError("BadRequest", "A request in a batch cannot be a batch.");
  checkMethod(method, contractPaths[resource.kind].methods);
  if (method === "OPTIONS") return readOptions(resource);
  if (resource.kind === "service") return serveServiceDocument(call);
  if (resource.kind === "metadata") return serveMetadata(call);
  authorize(caller, method === "PATCH" ? "write" : "read", service.policy);
  switch (resource.kind) {
    case "apps":
      return listApps(service, call);
    case "count":
      return countApps(service, call);
    case "app":
      return readApp(service, resource, call);
    case "summary":
      return method === "PATCH"
        ? patchSummary(service, resource, call)
        : readSummary(service, resource, call);
  }
}

/** Tells the log of a request that arrived before. */
function noteRepetition(exchange: Exchange, response: PlainResponse): PlainResponse {
  if (response.headers[repeatedHeader] === "true") exchange.isRepeated = true;
  return response;
}

/** OPTIONS needs no caller. */
function readOptions(resource: Resource): PlainResponse {
  if (resource.kind === "fault") throw resource.error;
  return optionsResponse(contractPaths[resource.kind].methods);
}

/** The base URL of the contract, as the caller of a request knows it. */
function baseOf({ origin }: Exchange["url"]): string {
  return `${origin}/beta`;
}
