import { isSameName } from "../../text/ascii-case.ts";
import { missingScheme, missingToken, type TokenIssuer } from "./unauthorized.ts";

const scheme = "Bearer ";

/** The token of an `Authorization` header. Throws the 401 for a header without one. Source: RFC 6750 §2.1. */
export function parseBearer(authorization: string | null, issuer: TokenIssuer): string {
  if (authorization === null) throw missingToken(issuer);
  const isBearer = isSameName(authorization.slice(0, scheme.length), scheme);
  const token = isBearer ? authorization.slice(scheme.length).trim() : "";
  if (token !== "") return token;
  throw holdsToken(authorization) ? missingScheme(issuer) : missingToken(issuer);
}

/** Whether a header has what looks like a JWT, whatever is before it. */
function holdsToken(authorization: string): boolean {
  return /(?:^|[\s:="'])eyJ[\w-]*\.[\w-]+\.[\w-]*["']?\s*$/.test(authorization);
}
