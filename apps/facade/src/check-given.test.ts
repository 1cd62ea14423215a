import { expect, test } from "vitest";
import { checkGiven, checkImportOptions, checkTokenOptions } from "./check-given.ts";
import { readSettings } from "./settings/read-settings.ts";
import { defaultLimits, defaultPolicy } from "./settings/settings.ts";
import { checkAuthorityOptions, checkTestTokenOptions } from "./test-authority/given-authority.ts";

/** What a JavaScript program can give. */
function faultsOf(given: unknown, check: (options: never) => void = checkGiven): string {
  try {
    Reflect.apply(check, undefined, [given]);
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
}

test("all that there is may be given", () => {
  const settings = { port: 0, retention: 3, tenants: [], policy: defaultPolicy, limits: defaultLimits };
  expect(faultsOf({})).toBe("");
  expect(faultsOf({ settings, apps: [], testAuthority: {}, log: {}, prepare: () => {} })).toBe("");
  const testAuthority = { tenants: ["a"], clientId: "b", now: Date.now, port: 0 };
  expect(faultsOf({ testAuthority })).toBe("");
  expect(faultsOf({ testAuthority: { issueToken: () => {}, settings: {} } })).toBe("");
});

test.each([
  [{ bogus: 1 }, "createFacade has no option bogus."],
  [{ setings: {} }, "createFacade has no option setings. Did you mean settings?"],
  [
    { policy: { allowApplication: true } },
    "createFacade has no option policy. Did you mean settings.policy?",
  ],
  [
    { settings: { requireIfMatch: true } },
    "createFacade has no option settings.requireIfMatch. Did you mean settings.policy.requireIfMatch?",
  ],
  [
    { settings: { pageSise: 5 } },
    "createFacade has no option settings.pageSise. Did you mean settings.limits.pageSize?",
  ],
  [
    { settings: { policy: { readonly: true } } },
    "createFacade has no option settings.policy.readonly. Did you mean settings.policy.readOnly?",
  ],
  [
    { settings: { policy: { readOnly: "true" } } },
    'settings.policy.readOnly must be true or false; got "true".',
  ],
  [
    { settings: { limits: { pageSize: "5", writes: undefined } } },
    'settings.limits.pageSize must be a whole number from 1 to 1000; got "5".\nsettings.limits.writes must be a whole number from 1 to 1000000.',
  ],
  [null, "What createFacade is given must be an object."],
  [{ settings: null }, "settings must be an object."],
  [
    { settings: { policy: "readOnly", limits: [5] } },
    "settings.policy must be an object.\nsettings.limits must be an object.",
  ],
  [{ testAuthority: true }, "testAuthority must be an object."],
  [{ testAuthority: { bogus: 1 } }, "createFacade has no option testAuthority.bogus."],
  [{ testAuthority: { clientId: 5 } }, "testAuthority.clientId must be a text; got 5."],
  [{ testAuthority: { tenants: [] } }, "testAuthority.tenants must be an array of one or more ids."],
  [{ testAuthority: { port: 1.5 } }, "testAuthority.port must be a whole number from 0 to 65535; got 1.5."],
  [{ apps: {} }, "apps must be an array of apps."],
  [{ prepare: true }, "prepare must be a function; got true."],
  [
    { settings: { store: "postgres://ada:secret@db/summary" } },
    'settings.store must be a location such as { kind: "sqlite", file: "/srv/install-summary.db" }; got "postgres://…@db/summary".',
  ],
])("%j is refused", (given, message) => {
  expect(faultsOf(given)).toBe(message);
});

test("settings that were read from options can be given", () => {
  const options = {
    port: "0",
    retention: "3",
    metrics: "9464",
    hosts: "a,b",
    publicUrl: "https://a.example",
  };
  expect(faultsOf({ settings: readSettings({ folder: "/srv", options }) })).toBe("");
  expect(faultsOf({ settings: { data: undefined, retention: undefined, store: undefined } })).toBe("");
});

test.each([0, -1, 1.5, 1001, Infinity, Number.NaN])(
  "a page size of %d is refused, as its option is",
  (pageSize) => {
    expect(faultsOf({ settings: { limits: { pageSize } } })).toBe(
      `settings.limits.pageSize must be a whole number from 1 to 1000; got ${pageSize}.`,
    );
  },
);

test.each([
  ["retention", -1, "a whole number from 1 to 36500"],
  ["retention", 0, "a whole number from 1 to 36500"],
  ["retention", Number.NaN, "a whole number from 1 to 36500"],
  ["port", 65_536, "a whole number from 0 to 65535"],
  ["port", 0.5, "a whole number from 0 to 65535"],
  ["https", 1, "true or false"],
  ["log", true, "text or json"],
  ["limits.urlBytes", Infinity, "a whole number from 1 to 1048576"],
  ["limits.headerBytes", Infinity, "a whole number from 1 to 1048576"],
  ["limits.requestsPerMinute", -1, "a whole number from 0 to 1000000"],
  ["limits.headerSeconds", 0, "a number above 0 and at most 3600"],
  ["limits.headerSeconds", -0.5, "a number above 0 and at most 3600"],
  ["limits.responseSeconds", 3600.5, "a number above 0 and at most 3600"],
  ["limits.importSeconds", Number.NaN, "a number above 0 and at most 86400"],
])("%s of %d is refused", (path, value, rule) => {
  const [name = "", limit] = path.split(".");
  const settings = { [name]: limit === undefined ? value : { [limit]: value } };
  expect(faultsOf({ settings })).toBe(`settings.${path} must be ${rule}; got ${value}.`);
});

test("seconds may have fractions", () => {
  expect(faultsOf({ settings: { limits: { responseSeconds: 0.2, headerSeconds: 2.5 } } })).toBe("");
});

test.each([
  [checkImportOptions, { dryrun: true }, "importReport has no option dryrun. Did you mean dryRun?"],
  [checkImportOptions, { tenantID: "a" }, "importReport has no option tenantID. Did you mean tenantId?"],
  [checkImportOptions, { dryRun: "true" }, 'dryRun must be true or false; got "true".'],
  [checkImportOptions, null, "What importReport is given must be an object."],
  [checkTokenOptions, { scopes: "a" }, "issueToken has no option scopes. Did you mean scope?"],
  [checkTokenOptions, { application: "no" }, 'application must be true or false; got "no".'],
  [checkTokenOptions, { scope: ["a"] }, "scope must be a text."],
  [checkTestTokenOptions, { scopes: "a" }, "issueToken has no option scopes. Did you mean scope?"],
  [checkTestTokenOptions, { version: 2 }, "version must be 1.0 or 2.0; got 2."],
  [checkTestTokenOptions, { claims: "aud" }, 'claims must be an object; got "aud".'],
  [
    checkAuthorityOptions,
    { tenant: ["a"] },
    "startTestAuthority has no option tenant. Did you mean tenants?",
  ],
])("%o refuses %j", (check, given, message) => {
  expect(faultsOf(given, check)).toBe(message);
});

test("what the functions of a facade know may be given, and be left out", () => {
  expect(faultsOf(undefined, checkImportOptions)).toBe("");
  expect(
    faultsOf({ tenantId: "a", actor: "b", dryRun: false, missingAsZero: undefined }, checkImportOptions),
  ).toBe("");
  const token = { scope: "a", tenant: "b", user: "c", expiresIn: -1, application: true };
  expect(faultsOf(token, checkTokenOptions)).toBe("");
  expect(faultsOf({ ...token, version: "1.0", claims: {} }, checkTestTokenOptions)).toBe("");
});
