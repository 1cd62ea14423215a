import type { KeyObject } from "node:crypto";
import type { TokenClaims } from "./token.ts";

/**
 * The issuer whose tokens are accepted. An adapter knows one kind: the development issuer, or Entra ID with an issuer
 * per tenant and keys that change. Everything else about a token is checked in the same way for all of them.
 */
export interface Issuer {
  /** The accepted values of `aud`. The first one is named to callers whose token is for another service. */
  readonly audiences: readonly [string, ...string[]];
  /**
   * The tenant, in lower case, that `iss` and `tid` name together; undefined where they are not of this issuer, or the
   * tenant is not served. The claims are not verified yet.
   */
  tenantOf(claims: TokenClaims): string | undefined;
  /** The public key of this id, for the issuer that the claims name; undefined for an unknown one. It may be fetched. */
  keyFor(keyId: string, claims: TokenClaims): KeyObject | undefined | Promise<KeyObject | undefined>;
}
