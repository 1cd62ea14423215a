import { decidePatch, type SummaryWithETag } from "../../patch/decide-patch.ts";
import { matchesETag } from "../../http/etag.ts";
import { whenReady, type MaybePromise, type PlainResponse } from "../exchange/response.ts";
import { negotiate } from "../headers/negotiate.ts";
import { parsePreconditions } from "../headers/preconditions.ts";
import { parseQuery } from "../options/query-options.ts";
import { parseSummaryOptions } from "../options/resource-options.ts";
import type { AppResource } from "../path/resource-path.ts";
import { sessionOf, type Call, type Service } from "./call.ts";
import { checkCastById } from "./check-cast.ts";
import { preconditionError, summaryResponse, unknownApp } from "./responses.ts";

/** GET …/mobileApps/{id}/installSummary */
export function readSummary(
  { store, policy }: Service,
  resource: AppResource,
  { caller, headers, base, query }: Call,
): MaybePromise<PlainResponse> {
  const { select, format } = parseSummaryOptions(parseQuery(query));
  const { metadata } = negotiate(headers, format);
  const { ifMatch, ifNoneMatch } = parsePreconditions(headers);

  const tenant = store.open(sessionOf(caller));
  const checked = resource.cast === undefined ? undefined : checkCastById(resource, tenant);
  return whenReady(checked, () => whenReady(tenant.readSummary(resource.id), respond));

  function respond(stored: SummaryWithETag | undefined): PlainResponse {
    if (stored === undefined) throw unknownApp(resource);
    const { etag } = stored;
    if (ifMatch !== undefined) {
      // A read is a patch that changes nothing, under the same condition.
      const decision = decidePatch(stored, {}, { ifMatch });
      if (decision.kind === "refused") throw preconditionError(decision.error, etag);
    }
    if (ifNoneMatch !== undefined && matchesETag(ifNoneMatch, etag)) {
      return { status: 304, headers: { ETag: etag }, body: null };
    }
    return summaryResponse(stored, { base, metadata, select }, { wrapped: policy.wrapGet });
  }
}
