import {
  clientOrigins,
  decidePatch,
  formatETag,
  parsePatchText,
  type ChangeOrigin,
} from "@install-summary/core";
import type { RequestHeaders } from "../../http/request-input.ts";
import type { PlainResponse } from "../../http/response.ts";
import { readAccept } from "../headers/accept.ts";
import { checkODataVersion } from "../headers/odata-version.ts";
import { readWritePreconditions } from "../headers/preconditions.ts";
import { readPrefer } from "../headers/prefer.ts";
import { parseQuery, refuseOptions } from "../options/query-options.ts";
import type { AppResource } from "../path/resource-path.ts";
import type { Call, Service } from "./call.ts";
import { refusedAt, summaryResponse } from "./summary-response.ts";
import { checkCastByKey, unknownApp } from "./check-app.ts";

/** PATCH …/mobileApps/{id}/installSummary */
export async function patchSummary(
  { store, policy }: Service,
  resource: AppResource,
  { caller, headers, body, base, query, requestId }: Call,
): Promise<PlainResponse> {
  refuseOptions(parseQuery(query));
  checkODataVersion(headers);
  const metadata = readAccept(headers.get("accept"));
  const prefer = readPrefer(headers.get("prefer"));
  const patch = parsePatchText(await body(), { id: resource.id });
  const preconditions = readWritePreconditions(headers, policy);

  const key = { tenantId: caller.tenantId, appId: resource.id };
  await checkCastByKey(resource, store, key);
  const result = await store.update(key, (current) => decidePatch(current, patch, preconditions), {
    actor: caller.actor,
    origin: readOrigin(headers),
    requestId,
  });
  if (result === undefined) throw unknownApp(resource);

  const { decision, current } = result;
  if (decision.kind === "refused") throw refusedAt(current.version, decision.error);
  const applied = prefer.return === undefined ? {} : { "Preference-Applied": `return=${prefer.return}` };
  if (prefer.return === "minimal") {
    return { status: 204, headers: { ETag: formatETag(current.version), ...applied }, body: null };
  }
  return summaryResponse(current, { base, metadata, select: undefined }, { headers: applied });
}

/** What a change came through; anything that calls itself nothing known came through the API. */
function readOrigin(headers: RequestHeaders): ChangeOrigin {
  const sent = headers.get("install-summary-origin");
  return clientOrigins.find((origin) => origin === sent) ?? "api";
}
