import type { CryptoKey } from "jose";
import type { KeyObject } from "node:crypto";
import type { MaybePromise, SignInPlace } from "@install-summary/core/service";
import type { TokenClaims } from "./token.ts";

/**
 * The issuer whose tokens are accepted. An adapter knows one kind: the development issuer, or Entra ID with an issuer
 * per tenant and keys that change. Everything else about a token is checked in the same way for all of them.
 */
export interface Issuer {
  /** The accepted values of `aud`. The first one is named to callers whose token is for another service. */
  readonly audiences: readonly string[];
  /** The web address where callers get a token; undefined for an issuer without one. */
  readonly signIn: SignInPlace | undefined;
  /**
   * The tenant, in lower case, that `iss` and `tid` name together; undefined where another issuer made the token, or
   * the tenant is not served. The claims are not verified yet.
   */
  tenantOf(claims: TokenClaims): string | undefined;
  /**
   * The public key of this id, for the issuer that the claims name; undefined for an unknown one. It may be fetched,
   * and what it throws is the response: a 503 while keys cannot be fetched.
   */
  keyFor(keyId: string, claims: TokenClaims): MaybePromise<VerificationKey | undefined>;
  /**
   * Whether a key that `keyFor` returned is still one of the issuer's. It is asked at each use of a token, which is when an
   * issuer whose keys change looks for new ones.
   */
  hasKey(key: VerificationKey): boolean;
  /** Throws the 503 while no token can be verified. */
  check(): void;
}

/** The public key of a token's signature. */
export type VerificationKey = CryptoKey | KeyObject;
