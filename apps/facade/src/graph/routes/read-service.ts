import { textAnswer, type Answer } from "../../http/response.ts";
import { readAccept } from "../headers/accept.ts";
import { jsonAnswer } from "../write/json-response.ts";

/** GET / */
export function readHome(): Answer {
  return textAnswer(
    "Install Summary: Microsoft Graph's contract of an Intune app's install summary, at /beta/deviceAppManagement/mobileApps/{id}/installSummary\n",
  );
}

/** GET /beta */
export function readService(base: string, headers: Headers): Answer {
  const metadata = readAccept(headers.get("accept"));
  const context = metadata === "none" ? "" : `"@odata.context":"${base}/$metadata",`;
  return jsonAnswer(
    `{${context}"value":[{"name":"deviceAppManagement","kind":"Singleton","url":"deviceAppManagement"}]}`,
    metadata,
  );
}
