import type { PlainResponse } from "../exchange/response.ts";
import { negotiate } from "../headers/negotiate.ts";
import { parseQuery } from "../options/query-options.ts";
import { parseListOptions } from "../options/list-options.ts";
import { formatNextLink, formatSkipToken, parseSkipToken } from "../options/skip-token.ts";
import { writeApps } from "../write/write-app.ts";
import { appsPath } from "../write/write-expanded-summary.ts";
import { readingSessionOf, type Call, type Service } from "./call.ts";
import { jsonResponse } from "./responses.ts";

/** GET …/mobileApps */
export async function listApps(
  { store, limits: { pageSize, urlBytes } }: Service,
  call: Call,
): Promise<PlainResponse> {
  const { caller, headers, base, query } = call;
  const options = parseQuery(query);
  const { select, expand, format, top, skip, skipToken, count, ...matched } = parseListOptions(options);
  const scope = { tenantId: caller.tenantId, ...matched };
  const cursor = skipToken === undefined ? undefined : parseSkipToken(skipToken, scope);
  const {
    metadata,
    prefer: { maxPageSize },
  } = negotiate(headers, format);

  const size = Math.min(top ?? pageSize, maxPageSize ?? pageSize, pageSize);
  const page = await store
    .open(readingSessionOf(call))
    .listApps({ ...matched, top: size, skip, cursor, count });
  const token = page.next && formatSkipToken(page.next, scope);
  const nextLink = token && base + formatNextLink(`/${appsPath}`, options, token, urlBytes - "/beta".length);
  const body = writeApps(page.apps, { base, metadata, select, expand }, { count: page.count, nextLink });
  return jsonResponse(body, metadata, {
    ...(maxPageSize !== undefined && { "Preference-Applied": `odata.maxpagesize=${maxPageSize}` }),
  });
}
