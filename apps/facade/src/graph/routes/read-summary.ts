import { decidePatch, matchesETag, type SummaryWithETag } from "@install-summary/core";
import type { PlainResponse } from "../../http/response.ts";
import { whenReady, type MaybePromise } from "../../http/when-ready.ts";
import { readAccept } from "../headers/accept.ts";
import { checkODataVersion } from "../headers/odata-version.ts";
import { readPreconditions } from "../headers/preconditions.ts";
import { parseQuery } from "../options/query-options.ts";
import { readSummaryOptions } from "../options/resource-options.ts";
import type { AppResource } from "../path/resource-path.ts";
import { sessionOf, type Call, type Service } from "./call.ts";
import { refusedAt, summaryResponse } from "./summary-response.ts";
import { checkCastById, unknownApp } from "./check-app.ts";

/** GET …/mobileApps/{id}/installSummary */
export function readSummary(
  { store, policy }: Service,
  resource: AppResource,
  { caller, headers, base, query }: Call,
): MaybePromise<PlainResponse> {
  const { select, format } = readSummaryOptions(parseQuery(query));
  checkODataVersion(headers);
  const metadata = readAccept(headers.get("accept"), format);
  const { ifMatch, ifNoneMatch } = readPreconditions(headers);

  const respond = (stored: SummaryWithETag | undefined): PlainResponse => {
    if (stored === undefined) throw unknownApp(resource);
    const { etag } = stored;
    if (ifMatch !== undefined) {
      // A read is a patch that changes nothing, under the same condition.
      const decision = decidePatch(stored, {}, { ifMatch });
      if (decision.kind === "refused") throw refusedAt(etag, decision.error);
    }
    if (ifNoneMatch !== undefined && matchesETag(ifNoneMatch, etag)) {
      return { status: 304, headers: { ETag: etag }, body: null };
    }
    return summaryResponse(stored, { base, metadata, select }, { wrapped: policy.wrapGet });
  };
  const tenant = store.open(sessionOf(caller));
  if (resource.cast === undefined) return whenReady(tenant.readSummary(resource.id), respond);
  return checkCastById(resource, tenant).then(async () => respond(await tenant.readSummary(resource.id)));
}
