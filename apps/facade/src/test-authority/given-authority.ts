import {
  aFunction,
  anObject,
  anything,
  aText,
  checkOptions,
  optional,
  yesOrNo,
  type OptionTypes,
} from "../settings/given-options.ts";
import { oneOf, whole } from "../settings/setting-types.ts";
import type { TestAuthorityOptions } from "./authority.ts";
import type { TestTokenOptions } from "./claims.ts";

const ports = whole(0, 65_535);
const versions = oneOf("1.0", "2.0");

/** What a test authority is started with. */
export const testAuthorityOptions: OptionTypes<TestAuthorityOptions> = {
  tenants: optional(
    "an array of one or more ids",
    (value) => Array.isArray(value) && value.length > 0 && value.every((id) => typeof id === "string"),
  ),
  clientId: aText,
  now: aFunction,
  port: optional(ports.rule, (value) => typeof value === "number" && ports.parse(value, "") === value),
};

const tokenOptions: OptionTypes<TestTokenOptions> = {
  version: optional(versions.rule, (value) => versions.parse(value, "") !== undefined),
  tenant: aText,
  scope: aText,
  user: aText,
  application: yesOrNo,
  // Judged where the token is made.
  expiresIn: anything,
  claims: anObject,
};

/** Throws `UserError` for what `startTestAuthority` does not take. */
export function checkAuthorityOptions(given: TestAuthorityOptions): void {
  checkOptions("startTestAuthority", [{ place: "", given, types: testAuthorityOptions }]);
}

/** Throws `UserError` for what the `issueToken` of a test authority does not take. */
export function checkTestTokenOptions(given: TestTokenOptions | undefined): void {
  checkOptions("issueToken", [{ place: "", given, types: tokenOptions }]);
}
