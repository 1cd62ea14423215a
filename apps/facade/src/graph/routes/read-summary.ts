import { decidePatch, formatETag, matchesETag } from "@install-summary/core";
import type { PlainResponse } from "../../http/response.ts";
import { readAccept } from "../headers/accept.ts";
import { checkODataVersion } from "../headers/odata-version.ts";
import { readPreconditions } from "../headers/preconditions.ts";
import { parseQuery } from "../options/query-options.ts";
import { readSummaryOptions } from "../options/resource-options.ts";
import type { AppResource } from "../path/resource-path.ts";
import type { Call, Service } from "./call.ts";
import { refusedAt, summaryResponse } from "./summary-response.ts";
import { checkCastByKey, unknownApp } from "./check-app.ts";

/** GET …/mobileApps/{id}/installSummary */
export async function readSummary(
  { store, policy }: Service,
  resource: AppResource,
  { caller, headers, base, query }: Call,
): Promise<PlainResponse> {
  const { select, format } = readSummaryOptions(parseQuery(query));
  checkODataVersion(headers);
  const metadata = readAccept(headers.get("accept"), format);
  const { ifMatch, ifNoneMatch } = readPreconditions(headers);

  const key = { tenantId: caller.tenantId, appId: resource.id };
  await checkCastByKey(resource, store, key);
  const stored = await store.readSummary(key);
  if (stored === undefined) throw unknownApp(resource);

  const etag = formatETag(stored.version);
  if (ifMatch !== undefined) {
    // A read is a patch that changes nothing, under the same condition.
    const decision = decidePatch(stored, {}, { ifMatch });
    if (decision.kind === "refused") throw refusedAt(stored.version, decision.error);
  }
  if (ifNoneMatch !== undefined && matchesETag(ifNoneMatch, etag)) {
    return { status: 304, headers: { ETag: etag }, body: null };
  }
  return summaryResponse(stored, { base, metadata, select }, { wrapped: policy.wrapGet });
}
