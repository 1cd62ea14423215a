import { graphError } from "@install-summary/core";
import { compactVerify } from "jose";
import { hash } from "node:crypto";
import {
  AccessError,
  type Authenticate,
  type Caller,
  invalidToken,
  parseBearer,
} from "@install-summary/core/service";
import { isGraphAudience, personalAccounts } from "./audiences.ts";
import { toCaller } from "./caller.ts";
import type { Issuer, VerificationKey } from "./issuer.ts";
import { parseTenantId, parseJwt, type TokenClaims } from "./token.ts";

/** How many accepted tokens are remembered. When there are more, the oldest is verified again. */
const maxRemembered = 10_000;

/**
 * Makes the check of an issuer's tokens. An accepted token is recognised until it expires: by its digest, and without one
 * where the same text came last on the same connection.
 */
export function createAuthenticate(
  issuer: Issuer,
  { now = Date.now, remembered = maxRemembered }: { now?: () => number; remembered?: number } = {},
): Authenticate {
  const accepted = new Map<string, AcceptedToken>();
  const latest = new WeakMap<object, { readonly authorization: string; readonly token: AcceptedToken }>();

  return (authorization, connection) => {
    const before = connection === undefined ? undefined : latest.get(connection);
    const repeated = before?.authorization === authorization ? before?.token : undefined;
    if (repeated !== undefined && issuer.hasKey(repeated.key)) return use(repeated);
    const text = parseBearer(authorization, issuer);
    // Of the whole token, so that the same claims with another signature are another token.
    const digest = hash("sha256", text, "base64");
    const token = accepted.get(digest);
    // An issuer that removed a key does not vouch for what it signed.
    if (token === undefined || !issuer.hasKey(token.key)) return verify(text, digest);
    if (connection !== undefined && authorization !== null) latest.set(connection, { authorization, token });
    return use(token);
  };

  /** All times of the token, at every use: a clock may be set back. */
  function use({ times, caller }: AcceptedToken): Caller {
    checkTimes(times, now(), issuer);
    return caller;
  }

  async function verify(text: string, digest: string): Promise<Caller> {
    const token = parseJwt(text);
    if (token === undefined) throw invalidToken(issuer, "malformed");
    const { keyId, claims } = token;
    checkAudience(claims, issuer);
    const tenantId = getTenant(claims, issuer);
    const key = typeof keyId === "string" ? await issuer.keyFor(keyId, claims) : undefined;
    if (key === undefined || !(await isSigned(text, key))) {
      throw invalidToken(issuer, "signature");
    }
    checkTimes(claims, now(), issuer);
    const caller = { ...toCaller(claims, tenantId), expiresAt: (claims.exp + skew) * 1000 };
    const [oldest] = accepted.keys();
    if (accepted.size >= remembered && oldest !== undefined && !accepted.has(digest)) accepted.delete(oldest);
    const { exp, nbf, iat } = claims;
    accepted.set(digest, { caller, key, times: { exp, nbf, iat } });
    return caller;
  }
}

type TokenTimes = Pick<TokenClaims, "exp" | "nbf" | "iat">;

interface AcceptedToken {
  readonly caller: Caller;
  readonly key: VerificationKey;
  readonly times: TokenTimes;
}

/** How far two clocks may be apart, in seconds. */
const skew = 60;

/** Throws the 401 for a token that has expired or is not valid yet, by a clock in milliseconds. */
function checkTimes({ exp, nbf, iat }: TokenTimes, now: number, issuer: Issuer): void {
  const seconds = now / 1000;
  if (exp + skew <= seconds) throw invalidToken(issuer, "expired");
  if (Math.max(nbf ?? 0, iat ?? 0) > seconds + skew) {
    throw invalidToken(issuer, "early");
  }
}

/** Checked before the signature, since only Graph can verify the signatures of its own tokens. */
function checkAudience({ aud }: TokenClaims, issuer: Issuer): void {
  const accepted: readonly unknown[] = issuer.audiences;
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  if (audiences.length > 0 && audiences.every((one) => accepted.includes(one))) return;
  const isGraphs = audiences.some((one) => typeof one === "string" && isGraphAudience(one));
  throw invalidToken(
    issuer,
    "audience",
    isGraphs
      ? `Only Microsoft Graph can verify its own tokens; get one for ${issuer.audiences[0]}.`
      : undefined,
  );
}

function getTenant(claims: TokenClaims, issuer: Issuer): string {
  if (parseTenantId(claims.tid) === personalAccounts) {
    throw new AccessError(
      "personal",
      graphError("Forbidden", "Personal Microsoft accounts are not supported."),
    );
  }
  const tenantId = issuer.tenantOf(claims);
  if (tenantId === undefined) throw invalidToken(issuer, "issuer");
  return tenantId;
}

async function isSigned(token: string, key: VerificationKey): Promise<boolean> {
  try {
    await compactVerify(token, key, { algorithms: ["RS256"] });
    return true;
  } catch {
    // Whatever jose finds wrong with a token, this issuer did not sign it.
    return false;
  }
}
