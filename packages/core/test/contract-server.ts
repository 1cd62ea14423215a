import { isAppId } from "../src/app-id.ts";
import type { SendRequest, SentRequest } from "../src/contract/check-pair.ts";
import { decidePatch, type VersionedSummary } from "../src/decide-patch.ts";
import { formatETag, matchesETag } from "../src/etag.ts";
import { graphError, isGraphError } from "../src/graph-error.ts";
import type { InstallSummaryPatch } from "../src/install-summary.ts";
import { parsePatchText } from "../src/parse-patch.ts";
import { applyPatch } from "../src/patch.ts";
import { warnings } from "../src/plausibility.ts";
import { answerBatch } from "./contract-batch.ts";
import { baseUrl, context, entity, listed, refusal, success, type Reply } from "./contract-replies.ts";
import { appId, sampleApp, sampleSummary } from "./samples.ts";

/** A server that serves what the golden pairs ask for, in memory, as the contract says. */
export interface ContractServer {
  readonly answer: (request: SentRequest) => Reply;
  /** Changes counters and ETag without a request. */
  readonly commit: (counters: InstallSummaryPatch) => void;
  /** Changes counters and leaves the ETag as it is, which no server may. */
  readonly overwrite: (counters: InstallSummaryPatch) => void;
}

const collection = "/deviceAppManagement/mobileApps";
const other = { summary: { ...sampleSummary(), id: "11111111-1111-4111-8111-111111111111" }, version: 1 };

/** Opens such a server with two apps, of which the pairs' one is the second. */
export function openContractServer(): ContractServer {
  let current: VersionedSummary = { summary: sampleSummary({ failedDeviceCount: 7 }), version: 1 };
  return { answer: answerAny, commit, overwrite };

  function overwrite(counters: InstallSummaryPatch): void {
    current = { ...current, summary: applyPatch(current.summary, counters) };
  }

  function commit(counters: InstallSummaryPatch): void {
    overwrite(counters);
    current = { ...current, version: current.version + 1 };
  }

  function answerAny(request: SentRequest): Reply {
    try {
      return serve(request);
    } catch (error) {
      if (isGraphError(error)) return refusal(error, request, formatETag(current.version));
      throw error;
    }
  }

  function serve(request: SentRequest): Reply {
    const { pathname, searchParams } = new URL(`https://intune.example${request.path}`);
    if (request.identity === "none") throw graphError("InvalidAuthenticationToken", "Access token is empty.");
    if (pathname === "/$batch") return answerBatch(request, answerAny);
    const options = new Map([...searchParams].map(([name, value]) => [name.replace(/^\$/, ""), value]));
    if (pathname === collection) return list(options);
    const [id = "", segment] = pathname.slice(collection.length + 1).split("/");
    if (!isAppId(id)) throw graphError("BadRequest", `'${id}' is not a GUID.`);
    if (segment !== undefined && segment !== "installSummary") {
      throw graphError("BadRequest", `Resource not found for the segment '${segment}'.`);
    }
    if (request.method === "DELETE")
      throw graphError("MethodNotAllowed", "Specified HTTP method is not allowed.");
    if (request.method === "PATCH" && request.identity === "reader")
      throw graphError("Forbidden", "Not authorized.");
    if (id !== appId) throw graphError("ResourceNotFound", `No mobile app with id '${id}' exists.`);
    if (request.method === "PATCH") return patch(request, options);
    return segment === undefined
      ? success({ "@odata.context": `${context}(installSummary())/$entity`, ...listed(current) })
      : read(request);
  }

  function read({ headers }: SentRequest): Reply {
    const etag = formatETag(current.version);
    const known = headers["if-none-match"];
    return known !== undefined && matchesETag(known, etag)
      ? { status: 304, headers: { etag } }
      : success(entity(current.summary), { etag });
  }

  function patch({ headers, body = "" }: SentRequest, options: ReadonlyMap<string, string>): Reply {
    const unknown = [...options.keys()].find((name) => name !== "dryRun");
    if (unknown !== undefined)
      throw graphError("BadRequest", `The query parameter '${unknown}' is not supported.`);
    if (headers["content-type"] !== "application/json") throw graphError("UnsupportedMediaType", "Use JSON.");
    const decision = decidePatch(current, parsePatchText(body, { id: appId }), {
      ifMatch: headers["if-match"],
      ifNoneMatch: headers["if-none-match"],
    });
    if (decision.kind === "refused") throw decision.error;
    const next = decision.kind === "changed" ? decision : current;
    if (options.has("dryRun")) {
      const found = { "@installSummary.warnings": warnings(current.summary, next.summary) };
      return success({ ...entity(next.summary), ...found }, { etag: formatETag(current.version) });
    }
    current = next;
    const etag = formatETag(current.version);
    return headers["prefer"] === "return=minimal"
      ? { status: 204, headers: { etag, "preference-applied": "return=minimal" } }
      : success(entity(current.summary), { etag });
  }

  function list(options: ReadonlyMap<string, string>): Reply {
    if (options.get("expand") === "assignments")
      throw graphError("BadRequest", "Parsing OData Select and Expand failed.");
    const filter = options.get("filter");
    const apps = [other, current].filter(
      ({ summary }) => !filter?.startsWith("id eq") || filter.includes(summary.id),
    );
    if (options.get("select") === "id") {
      const value = apps.map(({ summary: { id } }) => ({ "@odata.type": sampleApp()["@odata.type"], id }));
      return success({ "@odata.context": `${context}(id)`, value });
    }
    const top = Number(options.get("top") ?? apps.length);
    const more = { "@odata.nextLink": `${baseUrl}${collection}?$expand=installSummary&$top=1&$skiptoken=x` };
    return success({
      "@odata.context": `${context}(installSummary())`,
      ...(top < apps.length && more),
      value: apps.slice(0, top).map(listed),
    });
  }
}

/** Sends requests to what answers them, as if they went to `baseUrl`. */
export function sendTo(answer: (request: SentRequest) => Reply): SendRequest {
  return async (request) => {
    const { status, headers, body } = answer(request);
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const response = new Response(status === 204 || status === 304 ? null : text, { status, headers });
    return Object.defineProperty(response, "url", { value: baseUrl + request.path });
  };
}
