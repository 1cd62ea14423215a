import { warnings } from "../../patch/warnings.ts";
import { decidePatch, type Preconditions } from "../../patch/decide-patch.ts";
import type { InstallSummaryPatch } from "../../resource/install-summary.ts";
import type { TenantStore } from "../../store/store.ts";
import type { PlainResponse } from "../exchange/response.ts";
import type { AppResource } from "../path/resource-path.ts";
import type { SummaryForm } from "../write/write-expanded-summary.ts";
import { preconditionError, summaryResponse, unknownApp } from "./responses.ts";

/** A PATCH as a dry run: the summary as it would be, the ETag that it has now, and warnings. It commits nothing. */
export async function previewPatch(
  tenant: TenantStore,
  resource: AppResource,
  change: { readonly patch: InstallSummaryPatch; readonly preconditions: Preconditions },
  form: SummaryForm,
): Promise<PlainResponse> {
  const stored = await tenant.readSummary(resource.id);
  if (stored === undefined) throw unknownApp(resource);
  const { summary: before, etag } = stored;
  const decision = decidePatch(stored, change.patch, change.preconditions);
  if (decision.kind === "refused") throw preconditionError(decision.error, etag);
  const after = decision.kind === "changed" ? decision.summary : before;
  const response = summaryResponse({ summary: after, etag }, form);
  const found = JSON.stringify(warnings(before, after));
  const body = `${response.body.slice(0, -1)},"@installSummary.warnings":${found}}`;
  return { ...response, body };
}
