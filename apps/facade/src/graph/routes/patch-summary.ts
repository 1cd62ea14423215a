import { clientOrigins, decidePatch, parsePatchText, type ChangeOrigin } from "@install-summary/core";
import type { RequestHeaders } from "../../http/request-input.ts";
import type { PlainResponse } from "../../http/response.ts";
import { readAccept } from "../headers/accept.ts";
import { checkODataVersion } from "../headers/odata-version.ts";
import { readWritePreconditions } from "../headers/preconditions.ts";
import { readPrefer } from "../headers/prefer.ts";
import { parseQuery, refuseOptions } from "../options/query-options.ts";
import type { AppResource } from "../path/resource-path.ts";
import { sessionOf, type Call, type Service } from "./call.ts";
import { refusedAt, summaryResponse } from "./summary-response.ts";
import { checkCastById, unknownApp } from "./check-app.ts";

/** PATCH …/mobileApps/{id}/installSummary */
export async function patchSummary(
  { store, policy }: Service,
  resource: AppResource,
  { caller, headers, body, base, query, requestId, clientRequestId }: Call,
): Promise<PlainResponse> {
  refuseOptions(parseQuery(query));
  checkODataVersion(headers);
  const metadata = readAccept(headers.get("accept"));
  const prefer = readPrefer(headers.get("prefer"));
  const patch = parsePatchText(await body(), { id: resource.id });
  const preconditions = readWritePreconditions(headers, policy);

  const tenant = store.open(sessionOf(caller, readOrigin(headers)));
  await checkCastById(resource, tenant);
  const result = await tenant.update(resource.id, (current) => decidePatch(current, patch, preconditions), {
    requestId,
    clientRequestId,
  });
  if (result === undefined) throw unknownApp(resource);

  const { decision, current } = result;
  if (decision.kind === "refused") throw refusedAt(current.etag, decision.error);
  const applied = prefer.return === undefined ? {} : { "Preference-Applied": `return=${prefer.return}` };
  if (prefer.return === "minimal") {
    return { status: 204, headers: { ETag: current.etag, ...applied }, body: null };
  }
  return summaryResponse(current, { base, metadata, select: undefined }, { headers: applied });
}

/** What a change came through; anything that calls itself nothing known came through the API. */
function readOrigin(headers: RequestHeaders): ChangeOrigin {
  const sent = headers.get("install-summary-origin");
  return clientOrigins.find((origin) => origin === sent) ?? "api";
}
