import { clientOrigins, type ChangeOrigin } from "../../resource/change-origin.ts";
import { repeatedHeader, repeatedIdHeader } from "../../http/repeated-header.ts";
import { decidePatch, type ETagPatchDecision, type SummaryWithETag } from "../../patch/decide-patch.ts";
import { parsePatchText } from "../../patch/parse-patch.ts";
import type { HeaderReader } from "../../http/header-reader.ts";
import type { PlainResponse } from "../exchange/response.ts";
import { negotiate } from "../headers/negotiate.ts";
import { parseWritePreconditions } from "../headers/preconditions.ts";
import { parseQuery } from "../options/query-options.ts";
import { parsePatchOptions } from "../options/resource-options.ts";
import type { AppResource } from "../path/resource-path.ts";
import { changeRequestOf, sessionOf, type Call, type Service } from "./call.ts";
import { checkCastById } from "./check-cast.ts";
import { findRepetition } from "./find-repetition.ts";
import { previewPatch } from "./preview-patch.ts";
import { preconditionError, summaryResponse, unknownApp } from "./responses.ts";

/** PATCH …/mobileApps/{id}/installSummary */
export async function patchSummary(
  { store, policy }: Service,
  resource: AppResource,
  call: Call,
): Promise<PlainResponse> {
  const { caller, headers: sent, body, base, query } = call;
  const { select, dryRun } = parsePatchOptions(parseQuery(query));
  const { metadata, prefer } = negotiate(sent);
  const patch = parsePatchText(await body(), { id: resource.id });
  const preconditions = parseWritePreconditions(sent, policy);

  const tenant = store.open(sessionOf(caller, readOrigin(sent)));
  if (resource.cast !== undefined) await checkCastById(resource, tenant);
  const form = { base, metadata, select };
  if (dryRun) return previewPatch(tenant, resource, { patch, preconditions }, form);
  const request = changeRequestOf(call);
  const decide = (current: SummaryWithETag): ETagPatchDecision => decidePatch(current, patch, preconditions);
  const result = await tenant.update(resource.id, decide, request);
  if (result === undefined) throw unknownApp(resource);

  const { decision, current } = result;
  let headers: Readonly<Record<string, string>> = {};
  if (decision.kind === "refused") {
    const { actor } = caller;
    const { clientRequestId } = request;
    const refused = { actor, clientRequestId, patch };
    const repetition = await findRepetition(tenant, refused, preconditions, current.summary);
    if (clientRequestId === undefined || repetition !== "repeated")
      throw preconditionError(decision.error, current.etag, repetition);
    headers = { [repeatedHeader]: "true", [repeatedIdHeader]: clientRequestId };
  }
  if (prefer.return !== undefined) headers = { ...headers, "Preference-Applied": `return=${prefer.return}` };
  if (prefer.return === "minimal") {
    return { status: 204, headers: { ETag: current.etag, ...headers }, body: null };
  }
  return summaryResponse(current, form, { headers });
}

/** What the change came through: one of the known clients, or the API itself. */
function readOrigin(headers: HeaderReader): ChangeOrigin {
  const sent = headers.get("install-summary-origin");
  return clientOrigins.find((origin) => origin === sent) ?? "api";
}
