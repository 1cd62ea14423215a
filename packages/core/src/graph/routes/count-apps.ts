import type { PlainResponse } from "../exchange/response.ts";
import { acceptOf, checkAcceptsText, checkODataVersion } from "../headers/negotiate.ts";
import { parseQuery } from "../options/query-options.ts";
import { parseCountOptions } from "../options/list-options.ts";
import { readingSessionOf, type Call, type Service } from "./call.ts";

/** GET …/mobileApps/$count: the number of apps as text. Source: OData URL Conventions 4.01 §4.8. */
export async function countApps({ store }: Service, call: Call): Promise<PlainResponse> {
  const { headers, query } = call;
  const matched = parseCountOptions(parseQuery(query));
  checkODataVersion(headers);
  checkAcceptsText(acceptOf(headers));
  const { count } = await store.open(readingSessionOf(call)).listApps({ ...matched, top: 0, count: true });
  const type = "text/plain;charset=utf-8";
  return { status: 200, headers: { "Content-Type": type, "OData-Version": "4.0" }, body: String(count) };
}
