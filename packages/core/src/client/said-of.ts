import { repeatedHeader, repeatedIdHeader } from "../http/repeated-header.ts";

/**
 * Whether what a response says of its change is said of this one: it names the id that the request was sent with, and so
 * does the body of an error, or the second header of a repeated change. A gateway may give requests ids of its own, or all
 * of them one, and put the caller's id back into the response: the server has then looked up another id, and its "applied
 * before" (200) or "not applied" (412) may be about the change of someone else.
 */
export function isSaidOf(sent: string | undefined, headers: Headers, errorBody?: string): boolean {
  if (sent === undefined || headers.get("client-request-id") !== sent) return false;
  if (headers.get(repeatedHeader) === "true") return headers.get(repeatedIdHeader) === sent;
  return (
    errorBody === undefined ||
    errorBody.replaceAll('": "', '":"').includes(`"client-request-id":${JSON.stringify(sent)}`)
  );
}
