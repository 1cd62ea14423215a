import type { PlainResponse } from "../exchange/response.ts";
import { acceptOf, checkAcceptsXml, checkODataVersion } from "../headers/negotiate.ts";
import { parseQuery } from "../options/query-options.ts";
import { parsePageOptions } from "../options/resource-options.ts";
import { formatMetadata } from "../write/format-metadata.ts";
import type { Call } from "./call.ts";

let metadata: string | undefined;

/** GET /beta/$metadata: the model, which needs no token. Source: OData Protocol 4.01 §11.1.2. */
export function serveMetadata({ headers, query }: Pick<Call, "headers" | "query">): PlainResponse {
  const { format } = parsePageOptions(parseQuery(query));
  checkODataVersion(headers);
  checkAcceptsXml(acceptOf(headers), format);
  metadata ??= formatMetadata();
  return {
    status: 200,
    headers: { "Content-Type": "application/xml;charset=utf-8", "OData-Version": "4.0" },
    body: metadata,
  };
}
