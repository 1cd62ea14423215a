import type { PlainResponse } from "../exchange/response.ts";
import { parseAccept } from "../headers/negotiate.ts";
import type { Call } from "./call.ts";
import { jsonResponse } from "./responses.ts";

/** GET /beta: the service document, which needs no token. */
export function readService({ base, headers }: Pick<Call, "base" | "headers">): PlainResponse {
  const metadata = parseAccept(headers.get("accept"));
  const context = metadata === "none" ? "" : `"@odata.context":"${base}/$metadata",`;
  return jsonResponse(
    `{${context}"value":[{"name":"deviceAppManagement","kind":"Singleton","url":"deviceAppManagement"}]}`,
    metadata,
  );
}
