import { graphError } from "@install-summary/core";
import { compactVerify } from "jose";
import { hash, type KeyObject } from "node:crypto";
import * as z from "zod";
import { readBearer } from "./bearer.ts";
import { toCaller, type Caller } from "./caller.ts";
import { createTokenCache } from "./token-cache.ts";
import { checkTimes } from "./token-times.ts";
import { parseToken, type TokenClaims } from "./token.ts";
import { invalidToken } from "./unauthorized.ts";

/** The issuer whose tokens are trusted. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly keyId: string;
  readonly publicKey: KeyObject;
}

/** Finds out who sends an `Authorization` header. Throws the 401, and the 403 for personal accounts. */
export type Authenticate = (authorization: string | null) => Caller | Promise<Caller>;

/** Verifies tokens; an accepted one is known again by its digest until it expires. */
export function createAuthenticate(trusted: TrustedIssuer, now: () => number = Date.now): Authenticate {
  const accepted = createTokenCache();

  return (authorization) => {
    const token = readBearer(authorization);
    // Of the whole token, so that another signature under the same claims is another token.
    const digest = hash("sha256", token, "base64");
    return accepted.get(digest, now()) ?? verify(token, digest);
  };

  async function verify(token: string, digest: string): Promise<Caller> {
    const { keyId, claims } = parseToken(token);
    checkAudience(claims.aud, trusted.audience);
    const tenantId = readTenant(claims, trusted.issuer);
    if (keyId !== trusted.keyId || !(await isSigned(token, trusted.publicKey))) {
      throw invalidToken("Access token validation failure. Invalid signature.");
    }
    checkTimes(claims, now());
    const caller = toCaller(claims, tenantId);
    accepted.add(digest, caller, claims);
    return caller;
  }
}

const graphAudiences: readonly unknown[] = [
  "00000003-0000-0000-c000-000000000000",
  "https://graph.microsoft.com",
  "https://graph.microsoft.com/",
];

/** Judged before the signature: Graph's own tokens carry one that nobody else can verify. */
function checkAudience(audience: unknown, expected: string): void {
  const audiences: readonly unknown[] = Array.isArray(audience) ? audience : [audience];
  if (audiences.length > 0 && audiences.every((one) => one === expected)) return;
  const isGraphs = audiences.some((one) => graphAudiences.includes(one));
  throw invalidToken(
    "Access token validation failure. Invalid audience.",
    isGraphs ? `Only Microsoft Graph can verify its own tokens; get one for ${expected}.` : undefined,
  );
}

const personalAccounts = "9188040d-6c67-4c5b-b112-36a304b66dad";

function readTenant({ tid, iss }: TokenClaims, issuer: string): string {
  const tenant = z.guid().toLowerCase().safeParse(tid);
  if (tenant.data === personalAccounts) {
    throw graphError("Forbidden", "Personal Microsoft accounts are not supported.");
  }
  if (tenant.success && iss === issuer) return tenant.data;
  throw invalidToken("Access token validation failure. Invalid issuer.");
}

async function isSigned(token: string, key: KeyObject): Promise<boolean> {
  try {
    await compactVerify(token, key, { algorithms: ["RS256"] });
    return true;
  } catch {
    // Whatever jose finds wrong with a token, it is not one of this issuer's.
    return false;
  }
}
