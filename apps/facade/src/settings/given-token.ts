import type { Given } from "./given.ts";
import { aText, lifetime, tenantId, yesOrNo } from "./given-types.ts";

/** What the token of a test is to say, where it is not left out. */
export interface GivenToken {
  readonly scope: string | undefined;
  readonly tenant: string | undefined;
  readonly user: string | undefined;
  readonly expiresIn: number | undefined;
  readonly application: boolean | undefined;
}

/** Reads what the token of a test is to say. */
export function readTokenOptions(given: Given): GivenToken {
  return {
    scope: given.read("scope", aText),
    tenant: given.read("tenant", tenantId),
    user: given.read("user", aText),
    expiresIn: given.read("expiresIn", lifetime),
    application: given.read("application", yesOrNo),
  };
}
