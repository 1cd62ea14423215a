import type { SentRequest } from "../src/contract/check/check-pair.ts";
import { counterNames } from "../src/resource/counters.ts";
import { decidePatch, type Preconditions, type VersionedSummary } from "../src/patch/decide-patch.ts";
import { formatETag, matchesETag, parseETags } from "../src/http/etag.ts";
import { graphError } from "../src/http/graph-error.ts";
import { parsePatchText } from "../src/patch/parse-patch.ts";
import { warnings } from "../src/patch/warnings.ts";
import { checkBody, readReturn, type MetadataLevel } from "./contract-headers.ts";
import { readSelect, type Options } from "./contract-query.ts";
import { entity, success, type Reply } from "./contract-replies.ts";

/** What reading and writing a summary works on. */
export interface SummaryExchange {
  readonly request: SentRequest;
  readonly id: string;
  readonly options: Options;
  readonly level: MetadataLevel;
  /** The app, or the 404. */
  readonly find: () => VersionedSummary;
  readonly save: (changed: VersionedSummary) => void;
}

/** GET …/installSummary */
export function readSummary({ request, options, level, find }: SummaryExchange): Reply {
  const select = selected(options);
  const { ifMatch, ifNoneMatch } = readPreconditions(request);
  const current = find();
  const etag = formatETag(current.version);
  const decision = decidePatch(current, {}, { ifMatch });
  if (decision.kind === "refused") throw decision.error;
  return ifNoneMatch !== undefined && matchesETag(ifNoneMatch, etag)
    ? { status: 304, headers: { etag } }
    : success(entity(current.summary, select), { etag }, level);
}

/** PATCH …/installSummary: what is wrong with the request comes before what is wrong with its app. */
export function patchSummary({ request, id, options, level, find, save }: SummaryExchange): Reply {
  const select = selected(options);
  checkBody(request);
  const patch = parsePatchText(request.body ?? "", { id });
  if (request.headers["if-unmodified-since"] !== undefined) {
    throw graphError("BadRequest", "The If-Unmodified-Since header is not supported. Use If-Match.");
  }
  const preconditions = readPreconditions(request);
  const current = find();
  const decision = decidePatch(current, patch, preconditions);
  if (decision.kind === "refused") throw decision.error;
  const next =
    decision.kind === "changed" ? { summary: decision.summary, version: decision.version } : current;
  if (options.get("dryrun") === "true") {
    const found = { "@installSummary.warnings": warnings(current.summary, next.summary) };
    return success(
      { ...entity(next.summary, select), ...found },
      { etag: formatETag(current.version) },
      level,
    );
  }
  save(next);
  const wish = readReturn(request);
  const etag = formatETag(next.version);
  const headers = { etag, ...(wish !== undefined && { "preference-applied": `return=${wish}` }) };
  return wish === "minimal"
    ? { status: 204, headers }
    : success(entity(next.summary, select), headers, level);
}

function selected(options: Options): readonly string[] | undefined {
  return readSelect(options, ["id", ...counterNames]);
}

/** The conditional headers; a malformed one is told before anything that depends on the app. */
function readPreconditions({ headers }: SentRequest): Preconditions {
  const { "if-match": ifMatch, "if-none-match": ifNoneMatch } = headers;
  for (const header of [ifMatch, ifNoneMatch]) if (header !== undefined) parseETags(header);
  return { ifMatch, ifNoneMatch };
}
