import type { PlainResponse } from "../../http/response.ts";
import { listApp } from "../../store/list-app.ts";
import { readAccept } from "../headers/accept.ts";
import { jsonResponse } from "../write/json-response.ts";
import { checkODataVersion } from "../headers/odata-version.ts";
import { parseQuery } from "../options/query-options.ts";
import { readAppOptions } from "../options/resource-options.ts";
import type { AppResource } from "../path/resource-path.ts";
import { writeApp } from "../write/write-app.ts";
import { sessionOf, type Call, type Service } from "./call.ts";
import { checkCast, unknownApp } from "./check-app.ts";

/** GET …/mobileApps/{id} */
export async function readApp(
  { store }: Service,
  resource: AppResource,
  { caller, headers, base, query }: Call,
): Promise<PlainResponse> {
  const { select, expand, format } = readAppOptions(parseQuery(query));
  checkODataVersion(headers);
  const metadata = readAccept(headers.get("accept"), format);

  const stored = await store.open(sessionOf(caller)).readApp(resource.id);
  if (stored === undefined) throw unknownApp(resource);
  checkCast(resource, stored.app);
  return jsonResponse(writeApp(listApp(stored), { base, metadata, select, expand }), metadata);
}
