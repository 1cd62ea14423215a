import { singletons } from "../model/schema.ts";
import type { PlainResponse } from "../exchange/response.ts";
import { negotiate } from "../headers/negotiate.ts";
import { parseQuery } from "../options/query-options.ts";
import { parsePageOptions } from "../options/resource-options.ts";
import type { Call } from "./call.ts";
import { jsonResponse } from "./responses.ts";

/** GET /beta: the service document, which needs no token. Source: OData JSON Format 4.01 §5. */
export function serveServiceDocument({
  base,
  headers,
  query,
}: Pick<Call, "base" | "headers" | "query">): PlainResponse {
  const { format } = parsePageOptions(parseQuery(query));
  const { metadata } = negotiate(headers, format);
  const value = singletons.map(({ name }) => ({ name, kind: "Singleton", url: name }));
  const context = metadata === "none" ? {} : { "@odata.context": `${base}/$metadata` };
  return jsonResponse(JSON.stringify({ ...context, value }), metadata);
}
