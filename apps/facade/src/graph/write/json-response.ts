import type { PlainResponse } from "../../http/response.ts";
import type { MetadataLevel } from "../headers/accept.ts";

/** A success whose body is JSON of OData. */
export function jsonResponse(
  body: string,
  metadata: MetadataLevel,
  headers: Readonly<Record<string, string>> = {},
): PlainResponse {
  const type = `application/json;odata.metadata=${metadata};odata.streaming=true;IEEE754Compatible=false;charset=utf-8`;
  return { status: 200, headers: { "Content-Type": type, "OData-Version": "4.0", ...headers }, body };
}
