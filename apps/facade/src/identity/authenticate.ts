import { graphError } from "@install-summary/core";
import { compactVerify } from "jose";
import { hash, type KeyObject } from "node:crypto";
import { isSameName } from "../http/ascii-case.ts";
import { toCaller, type Caller } from "./caller.ts";
import type { Issuer } from "./issuer.ts";
import { checkTimes, parseTenantId, parseToken, type TokenClaims, type TokenTimes } from "./token.ts";
import { invalidToken, missingScheme, missingToken } from "./unauthorized.ts";

/** Finds the caller who sends an `Authorization` header. Throws the 401, and the 403 for personal accounts. */
export type Authenticate = (authorization: string | null) => Caller | Promise<Caller>;

/** How many accepted tokens are remembered. When there are more, the oldest is verified again. */
const maxRemembered = 10_000;

/** Makes the check of an issuer's tokens. An accepted token is recognised by its digest until it expires. */
export function createAuthenticate(
  issuer: Issuer,
  { now = Date.now, remembered = maxRemembered }: { now?: () => number; remembered?: number } = {},
): Authenticate {
  const accepted = new Map<string, { readonly caller: Caller; readonly times: TokenTimes }>();

  return (authorization) => {
    const token = readBearer(authorization);
    // Of the whole token, so that the same claims with another signature are another token.
    const digest = hash("sha256", token, "base64");
    const known = accepted.get(digest);
    if (known === undefined) return verify(token, digest);
    // All times of the token, at every use: a clock may be set back.
    checkTimes(known.times, now());
    return known.caller;
  };

  async function verify(token: string, digest: string): Promise<Caller> {
    const { keyId, claims } = parseToken(token);
    checkAudience(claims.aud, issuer.audiences);
    const tenantId = readTenant(claims, issuer);
    const key = typeof keyId === "string" ? await issuer.keyFor(keyId, claims) : undefined;
    if (key === undefined || !(await isSigned(token, key))) {
      throw invalidToken("Access token validation failure. Invalid signature.");
    }
    checkTimes(claims, now());
    const caller = toCaller(claims, tenantId);
    const [oldest] = accepted.keys();
    if (accepted.size >= remembered && oldest !== undefined) accepted.delete(oldest);
    accepted.set(digest, { caller, times: { exp: claims.exp, nbf: claims.nbf, iat: claims.iat } });
    return caller;
  }
}

const scheme = "Bearer ";

/** The token of an `Authorization` header. Throws the 401 for a header without one. Source: RFC 6750 §2.1. */
function readBearer(authorization: string | null): string {
  if (authorization === null) throw missingToken();
  const isBearer = isSameName(authorization.slice(0, scheme.length), scheme);
  const token = isBearer ? authorization.slice(scheme.length).trim() : "";
  if (token !== "") return token;
  throw holdsToken(authorization) ? missingScheme() : missingToken();
}

/** Whether a header has what looks like a JWT, whatever is before it. */
function holdsToken(authorization: string): boolean {
  return /(?:^|[\s:="'])eyJ[\w-]*\.[\w-]+\.[\w-]*["']?\s*$/.test(authorization);
}

const graphAudiences: readonly unknown[] = [
  "00000003-0000-0000-c000-000000000000",
  "https://graph.microsoft.com",
  "https://graph.microsoft.com/",
];

/** Checked before the signature, since only Graph can verify the signatures of its own tokens. */
function checkAudience(audience: unknown, [expected, ...others]: Issuer["audiences"]): void {
  const audiences: readonly unknown[] = Array.isArray(audience) ? audience : [audience];
  const isOurs = (one: unknown): boolean => one === expected || others.some((other) => other === one);
  if (audiences.length > 0 && audiences.every(isOurs)) return;
  const isGraphs = audiences.some((one) => graphAudiences.includes(one));
  throw invalidToken(
    "Access token validation failure. Invalid audience.",
    isGraphs ? `Only Microsoft Graph can verify its own tokens; get one for ${expected}.` : undefined,
  );
}

const personalAccounts = "9188040d-6c67-4c5b-b112-36a304b66dad";

function readTenant(claims: TokenClaims, issuer: Issuer): string {
  if (parseTenantId(claims.tid) === personalAccounts) {
    throw graphError("Forbidden", "Personal Microsoft accounts are not supported.");
  }
  const tenantId = issuer.tenantOf(claims);
  if (tenantId === undefined) throw invalidToken("Access token validation failure. Invalid issuer.");
  return tenantId;
}

async function isSigned(token: string, key: KeyObject): Promise<boolean> {
  try {
    await compactVerify(token, key, { algorithms: ["RS256"] });
    return true;
  } catch {
    // Whatever jose finds wrong with a token, this issuer did not sign it.
    return false;
  }
}
