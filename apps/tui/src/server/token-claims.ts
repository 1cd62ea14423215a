/** What a token says of itself. It is not checked: the server does that. */
export type TokenClaims = ReadonlyMap<string, unknown>;

/** The claims of a JWT; undefined for a token of another form. Source: RFC 7519. */
export function readTokenClaims(token: string): TokenClaims | undefined {
  const [, payload, ...rest] = token.split(".");
  if (payload === undefined || rest.length !== 1) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    if (typeof claims !== "object" || claims === null || Array.isArray(claims)) return undefined;
    return new Map<string, unknown>(Object.entries(claims));
  } catch {
    return undefined;
  }
}

/** A claim that is a text. */
export function textClaim(claims: TokenClaims | undefined, name: string): string | undefined {
  const value = claims?.get(name);
  return typeof value === "string" && value !== "" ? value : undefined;
}
