import { isSameName } from "../http/ascii-lower-case.ts";
import { missingToken } from "./unauthorized.ts";

const scheme = "Bearer ";

/** The token of an `Authorization` header. Throws the 401 where there is none. Source: RFC 6750 §2.1. */
export function readBearer(authorization: string | null): string {
  const isBearer = authorization !== null && isSameName(authorization.slice(0, scheme.length), scheme);
  const token = isBearer ? authorization.slice(scheme.length).trim() : "";
  if (token === "") throw missingToken();
  return token;
}
