import { formatETag, listETags, matchesETag, parseETagVersion } from "../../http/etag.ts";
import { GraphError } from "../../http/graph-error.ts";
import { repeatedHeader } from "../../http/repeated-header.ts";
import { decidePatch } from "../../patch/decide-patch.ts";
import { judgeRepetition, type Repetition } from "../../patch/judge-repetition.ts";
import { parsePatchText } from "../../patch/parse-patch.ts";
import { warnings } from "../../patch/warnings.ts";
import { counterNames } from "../../resource/counters.ts";
import type { MemoryStore } from "./memory-store.ts";
import type { MemoryRequest, MemoryResponse } from "./message.ts";
import { checkContentType, parseAccept, parsePrefer, parsePreconditions } from "./parse-headers.ts";
import { parseSelect, type Options } from "./parse-options.ts";
import { sentRequestId, success, summaryBody } from "./responses.ts";

const properties = { type: "mobileAppInstallSummary", names: ["id", ...counterNames] };

/** GET …/installSummary */
export function getSummary(
  store: MemoryStore,
  appId: string,
  request: MemoryRequest,
  options: Options,
): MemoryResponse {
  const select = parseSelect(options, properties);
  const level = parseAccept(request);
  const { ifMatch, ifNoneMatch } = parsePreconditions(request);
  const current = store.find(appId);
  const decision = decidePatch(current, {}, { ifMatch });
  if (decision.kind === "refused") throw decision.error;
  const etag = formatETag(current.version);
  if (ifNoneMatch !== undefined && matchesETag(ifNoneMatch, etag)) return { status: 304, headers: { etag } };
  return success(summaryBody(request.base, current.summary, select), level, { etag });
}

/** PATCH …/installSummary: faults of the request are reported before faults of its app. */
export function patchSummary(
  store: MemoryStore,
  appId: string,
  request: MemoryRequest,
  options: Options,
): MemoryResponse {
  const select = parseSelect(options, properties);
  const level = parseAccept(request);
  checkContentType(request);
  const patch = parsePatchText(request.body ?? "", { id: appId });
  const preconditions = parsePreconditions(request);
  const current = store.find(appId);
  const decision = decidePatch(current, patch, preconditions);
  const isDry = options.get("dryrun") === "true";
  const by = { actor: request.identity, clientRequestId: sentRequestId(request) };
  const isRepeated =
    decision.kind === "refused" && requireRepetition(decision.error, isDry ? "unknown" : repetitionOf());
  const next = decision.kind === "changed" ? decision : current;
  const body = summaryBody(request.base, next.summary, select);
  if (isDry) {
    const found = { "@installSummary.warnings": warnings(current.summary, next.summary) };
    return success({ ...body, ...found }, level, { etag: formatETag(current.version) });
  }
  if (decision.kind === "changed") store.save(appId, decision, by);
  const prefer = parsePrefer(request);
  const etag = formatETag(next.version);
  const headers = {
    etag,
    ...(prefer !== undefined && { "preference-applied": `return=${prefer}` }),
    ...(isRepeated && { [repeatedHeader]: "true" }),
  };
  return prefer === "minimal" ? { status: 204, headers } : success(body, level, headers);

  /** What the changes say that followed the versions which the request names. */
  function repetitionOf(): Repetition {
    const { ifMatch, ifNoneMatch } = preconditions;
    const tags = ifMatch === undefined || ifNoneMatch !== undefined ? [] : listETags(ifMatch);
    const changes = tags.map((tag) => store.changeAfter(appId, parseETagVersion(tag) ?? Number.NaN));
    return judgeRepetition({ ...by, patch }, changes, current.summary);
  }
}

/** True for a request that was applied before. Throws the refusal of any other. */
function requireRepetition(refusal: GraphError, repetition: Repetition): true {
  if (repetition === "repeated") return true;
  if (repetition === "unknown") throw refusal;
  const { status, code, message, innerCode } = refusal;
  throw new GraphError({ status, code, message, innerCode, notApplied: true });
}
