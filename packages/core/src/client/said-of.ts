/**
 * Whether what a response says of its change is said of this one: it names the id that the request was sent with, as the
 * body of an error does too. A gateway may give requests ids of its own, or all of them one: the server has then looked up
 * another id, and its "applied before" (200) or "not applied" (412) may be about the change of someone else.
 */
export function isSaidOf(sent: string | undefined, headers: Headers, errorBody?: string): boolean {
  if (sent === undefined || headers.get("client-request-id") !== sent) return false;
  return (
    errorBody === undefined ||
    errorBody.replaceAll('": "', '":"').includes(`"client-request-id":${JSON.stringify(sent)}`)
  );
}
