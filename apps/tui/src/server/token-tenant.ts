/** The tenant that a token names; empty for a token that does not tell. It is not checked: the server does that. */
export function tenantOf(token: string): string {
  try {
    const [, payload = ""] = token.split(".");
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    const isRecord = typeof claims === "object" && claims !== null && "tid" in claims;
    return isRecord && typeof claims.tid === "string" ? claims.tid : "";
  } catch {
    return "";
  }
}
