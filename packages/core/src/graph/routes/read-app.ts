import type { PlainResponse } from "../exchange/response.ts";
import { formatAppJson } from "../../store/app-json.ts";
import { negotiate } from "../headers/negotiate.ts";
import { parseQuery } from "../options/query-options.ts";
import { parseAppOptions } from "../options/resource-options.ts";
import type { AppResource } from "../path/resource-path.ts";
import { writeApp } from "../write/write-app.ts";
import { sessionOf, type Call, type Service } from "./call.ts";
import { checkCast } from "./check-cast.ts";
import { jsonResponse, unknownApp } from "./responses.ts";

/** GET …/mobileApps/{id} */
export async function readApp(
  { store }: Service,
  resource: AppResource,
  { caller, headers, base, query }: Call,
): Promise<PlainResponse> {
  const { select, expand, format } = parseAppOptions(parseQuery(query));
  const { metadata } = negotiate(headers, format);

  const stored = await store.open(sessionOf(caller)).readApp(resource.id);
  if (stored === undefined) throw unknownApp(resource);
  checkCast(resource, stored.app);
  return jsonResponse(writeApp(formatAppJson(stored), { base, metadata, select, expand }), metadata);
}
