import { readTokenClaims, textClaim } from "./token-claims.ts";

/** The tenant that a token names; empty for a token that does not tell. It is not checked: the server does that. */
export function tenantOf(token: string): string {
  return textClaim(readTokenClaims(token), "tid") ?? "";
}
