import { readGiven, type Given, type GivenType } from "../settings/given.ts";
import { readTokenOptions } from "../settings/given-token.ts";
import { aFunction, anObject } from "../settings/given-types.ts";
import { tenantIds } from "../settings/identity-types.ts";
import { oneOf, whole } from "../settings/setting-types.ts";
import { isGuid } from "../identity/audiences.ts";
import type { TestAuthorityOptions } from "./authority.ts";
import type { TestTokenOptions } from "./claims.ts";

const tenants: GivenType<readonly [string, ...string[]]> = {
  rule: "an array of one or more ids of tenants, which are GUIDs and not domain names",
  parse(given, folder) {
    const [first, ...more] = tenantIds.parse(given, folder) ?? [];
    return first === undefined ? undefined : [first, ...more];
  },
};

const clientId: GivenType<string> = {
  rule: "the client id of an app registration, which is a GUID",
  parse: (given) => (typeof given === "string" && isGuid(given) ? given.toLowerCase() : undefined),
};

/** Reads what a test authority is started with. */
export function readAuthorityOptions(given: Given): TestAuthorityOptions {
  return {
    tenants: given.read("tenants", tenants),
    clientId: given.read("clientId", clientId),
    now: given.read("now", aFunction<() => number>()),
    port: given.read("port", whole(0, 65_535)),
  };
}

/** Reads what the `issueToken` of a test authority is given. Throws `TypeError` for what it does not take. */
export function readTestTokenOptions(options: TestTokenOptions | undefined): TestTokenOptions {
  return readGiven({ owner: "issueToken", given: options }, (given) => ({
    ...readTokenOptions(given),
    version: given.read("version", oneOf("1.0", "2.0")),
    claims: given.read("claims", anObject),
  }));
}
