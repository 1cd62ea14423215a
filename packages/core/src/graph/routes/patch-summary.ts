import { clientOrigins, type ChangeOrigin } from "../../resource/change-origin.ts";
import { decidePatch } from "../../patch/decide-patch.ts";
import { parsePatchText } from "../../patch/parse-patch.ts";
import type { RequestHeaders } from "../exchange/exchange.ts";
import type { PlainResponse } from "../exchange/response.ts";
import { negotiate } from "../headers/negotiate.ts";
import { parseWritePreconditions } from "../headers/preconditions.ts";
import { parseQuery, refuseOptions } from "../options/query-options.ts";
import type { AppResource } from "../path/resource-path.ts";
import { changeRequestOf, sessionOf, type Call, type Service } from "./call.ts";
import { checkCastById } from "./check-cast.ts";
import { preconditionError, summaryResponse, unknownApp } from "./responses.ts";

/** PATCH …/mobileApps/{id}/installSummary */
export async function patchSummary(
  { store, policy }: Service,
  resource: AppResource,
  call: Call,
): Promise<PlainResponse> {
  const { caller, headers, body, base, query } = call;
  refuseOptions(parseQuery(query));
  const { metadata, prefer } = negotiate(headers);
  const patch = parsePatchText(await body(), { id: resource.id });
  const preconditions = parseWritePreconditions(headers, policy);

  const tenant = store.open(sessionOf(caller, readOrigin(headers)));
  if (resource.cast !== undefined) await checkCastById(resource, tenant);
  const result = await tenant.update(
    resource.id,
    (current) => decidePatch(current, patch, preconditions),
    changeRequestOf(call),
  );
  if (result === undefined) throw unknownApp(resource);

  const { decision, current } = result;
  if (decision.kind === "refused") throw preconditionError(decision.error, current.etag);
  const applied = prefer.return === undefined ? {} : { "Preference-Applied": `return=${prefer.return}` };
  if (prefer.return === "minimal") {
    return { status: 204, headers: { ETag: current.etag, ...applied }, body: null };
  }
  return summaryResponse(current, { base, metadata, select: undefined }, { headers: applied });
}

/** What the change came through: one of the known clients, or the API itself. */
function readOrigin(headers: RequestHeaders): ChangeOrigin {
  const sent = headers.get("install-summary-origin");
  return clientOrigins.find((origin) => origin === sent) ?? "api";
}
