import type { SendRequest, SentRequest } from "../src/contract/check/check-pair.ts";
import type { VersionedSummary } from "../src/patch/decide-patch.ts";
import { formatETag } from "../src/http/etag.ts";
import { graphError, isGraphError } from "../src/http/graph-error.ts";
import type { InstallSummaryPatch } from "../src/resource/install-summary.ts";
import { applyPatch } from "../src/patch/apply-patch.ts";
import { countApps, listApps, readApp } from "./contract-apps.ts";
import { answerBatch } from "./contract-batch.ts";
import { readAccept } from "./contract-headers.ts";
import { allowedMethods, readPath, type Resource } from "./contract-path.ts";
import { readOptions } from "./contract-query.ts";
import { baseUrl, commonHeaders, refusal, requestIds, type Reply } from "./contract-replies.ts";
import { patchSummary, readSummary } from "./contract-summary.ts";
import { appId, sampleSummary } from "./samples.ts";

/** A server that serves what the golden pairs ask for, in memory, as the contract says. */
export interface ContractServer {
  readonly answer: (request: SentRequest) => Reply;
  /** Changes counters and ETag without a request. */
  readonly commit: (counters: InstallSummaryPatch) => void;
  /** Changes counters and leaves the ETag as it is, which no server may. */
  readonly overwrite: (counters: InstallSummaryPatch) => void;
}

export const otherAppId = "11111111-1111-4111-8111-111111111111";

/** Opens such a server with two apps, of which the pairs' one is the second. */
export function openContractServer(): ContractServer {
  const apps = new Map<string, VersionedSummary>([
    [otherAppId, { summary: { ...sampleSummary(), id: otherAppId }, version: 1 }],
    [appId, { summary: sampleSummary({ failedDeviceCount: 7 }), version: 1 }],
  ]);
  return { answer, commit: (counters) => change(counters, 1), overwrite: (counters) => change(counters, 0) };

  function change(counters: InstallSummaryPatch, versions: number): void {
    const { summary, version } = find(appId);
    apps.set(appId, { summary: applyPatch(summary, counters), version: version + versions });
  }

  function find(id: string): VersionedSummary {
    const app = apps.get(id);
    if (app === undefined) throw graphError("ResourceNotFound", `No mobile app with id '${id}' exists.`);
    return app;
  }

  function answer(request: SentRequest): Reply {
    const [path = "", query = ""] = request.path.split("?");
    const resource = readPath(path);
    const ids = requestIds(request);
    const reply = serve();
    return { ...reply, headers: { ...commonHeaders(ids), ...reply.headers } };

    function serve(): Reply {
      try {
        return route(request, resource, query);
      } catch (error) {
        if (isGraphError(error)) return refusal(error, ids, refusalHeaders(error.status, resource));
        throw error;
      }
    }
  }

  /** The order of the checks is part of the contract. */
  function route(request: SentRequest, resource: Resource, query: string): Reply {
    const { method, identity } = request;
    const allow = allowedMethods(resource);
    if (method === "OPTIONS" && resource.kind !== "fault") return { status: 204, headers: { allow } };
    if (identity === "none") throw graphError("InvalidAuthenticationToken", "Access token is empty.");
    if (resource.kind === "fault") throw resource.error;
    if (!allow.split(", ").includes(method)) {
      throw graphError("MethodNotAllowed", "Specified HTTP method is not allowed for the request target.");
    }
    if (method === "PATCH" && identity === "reader") {
      throw graphError("Forbidden", "Application is not authorized to perform this operation.");
    }
    if (resource.kind === "batch") return answerBatch(request, answer);
    const options = readOptions(query, request, resource);
    const all = [...apps.values()];
    if (resource.kind === "count") return countApps(all, options);
    const level = readAccept(request);
    if (resource.kind === "apps") return listApps(all, options, query, level);
    const { id } = resource;
    if (resource.kind === "app") return readApp(find(id), options, level);
    const exchange = {
      request,
      id,
      options,
      level,
      find: () => find(id),
      save: (changed: VersionedSummary) => apps.set(id, changed),
    };
    return method === "PATCH" ? patchSummary(exchange) : readSummary(exchange);
  }

  function refusalHeaders(status: number, resource: Resource): Reply["headers"] {
    const scope = "DeviceManagementApps.ReadWrite.All";
    if (status === 401) return { "www-authenticate": 'Bearer realm=""' };
    if (status === 403) return { "www-authenticate": `Bearer error="insufficient_scope", scope="${scope}"` };
    if (status === 405) return { allow: allowedMethods(resource) };
    return status === 412 && "id" in resource ? { etag: formatETag(find(resource.id).version) } : {};
  }
}

/** Sends requests to what answers them, as if they went to `baseUrl`. */
export function sendTo(answer: (request: SentRequest) => Reply): SendRequest {
  return async (request) => {
    const { status, headers, body } = answer(request);
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const hasBody = request.method !== "HEAD" && status !== 204 && status !== 304;
    const response = new Response(hasBody ? text : null, { status, headers });
    return Object.defineProperty(response, "url", { value: new URL(baseUrl + request.path).href });
  };
}
