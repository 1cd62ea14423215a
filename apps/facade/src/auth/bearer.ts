import { missingToken } from "./unauthorized.ts";

/** The token of an `Authorization` header. Throws the 401 where there is none. Source: RFC 6750 §2.1. */
export function readBearer(authorization: string | null): string {
  const [, token] = /^Bearer +(.+)$/i.exec(authorization ?? "") ?? [];
  if (token === undefined) throw missingToken();
  return token;
}
