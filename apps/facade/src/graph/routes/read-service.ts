import type { PlainResponse } from "../../http/response.ts";
import { readAccept } from "../headers/accept.ts";
import { jsonResponse } from "../write/json-response.ts";
import type { Call } from "./call.ts";

/** GET /beta: the service document, which needs no token. */
export function readService({ base, headers }: Pick<Call, "base" | "headers">): PlainResponse {
  const metadata = readAccept(headers.get("accept"));
  const context = metadata === "none" ? "" : `"@odata.context":"${base}/$metadata",`;
  return jsonResponse(
    `{${context}"value":[{"name":"deviceAppManagement","kind":"Singleton","url":"deviceAppManagement"}]}`,
    metadata,
  );
}
