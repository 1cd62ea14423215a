import { isSameName } from "../../text/ascii-case.ts";
import { missingScheme, missingToken, type TokenSource } from "./unauthorized.ts";

const scheme = "Bearer ";

/** The token of an `Authorization` header. Throws the 401 for a header without one. Source: RFC 6750 §2.1. */
export function parseBearer(authorization: string | null, source: TokenSource): string {
  if (authorization === null) throw missingToken(source);
  const isBearer = isSameName(authorization.slice(0, scheme.length), scheme);
  const token = isBearer ? authorization.slice(scheme.length).trim() : "";
  if (token !== "") return token;
  throw holdsToken(authorization) ? missingScheme(source) : missingToken(source);
}

/** Whether a header has what looks like a JWT, whatever is before it. */
function holdsToken(authorization: string): boolean {
  return /(?:^|[\s:="'])eyJ[\w-]*\.[\w-]+\.[\w-]*["']?\s*$/.test(authorization);
}
