import type { PlainResponse } from "../../http/response.ts";
import { readAccept } from "../headers/accept.ts";
import { appsPath } from "../write/context-url.ts";
import { jsonResponse } from "../write/json-response.ts";
import { nextLink } from "../write/next-link.ts";
import { checkODataVersion } from "../headers/odata-version.ts";
import { readPrefer } from "../headers/prefer.ts";
import { parseQuery } from "../options/query-options.ts";
import { readListOptions } from "../options/resource-options.ts";
import { formatSkipToken, parseSkipToken } from "../options/skip-token.ts";
import { writeApps } from "../write/write-app.ts";
import { sessionOf, type Call, type Service } from "./call.ts";

/** GET …/mobileApps */
export async function listApps(
  { store, limits }: Service,
  { caller, headers, base, query }: Call,
): Promise<PlainResponse> {
  const options = parseQuery(query);
  const { select, expand, format, top, skipToken, count, search } = readListOptions(options);
  const scope = { tenantId: caller.tenantId, search };
  const cursor = skipToken === undefined ? undefined : parseSkipToken(skipToken, scope);
  checkODataVersion(headers);
  const metadata = readAccept(headers.get("accept"), format);
  const { maxPageSize } = readPrefer(headers.get("prefer"));

  const { pageSize } = limits;
  const size = Math.min(top ?? pageSize, maxPageSize ?? pageSize, pageSize);
  const page = await store.open(sessionOf(caller)).listApps({ top: size, cursor, search, count });
  const body = writeApps(
    page.apps,
    { base, metadata, select, expand },
    {
      count: page.count,
      nextLink: page.next && nextLink(`${base}/${appsPath}`, options, formatSkipToken(page.next, scope)),
    },
  );
  return jsonResponse(body, metadata, {
    ...(maxPageSize !== undefined && { "Preference-Applied": `odata.maxpagesize=${maxPageSize}` }),
  });
}
