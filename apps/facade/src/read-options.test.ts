import { expect, test } from "vitest";
import {
  readAuthoritySettings,
  readDevelopmentTokenOptions,
  readFacadeOptions,
  readImportOptions,
} from "./read-options.ts";
import { createLog } from "./log/log.ts";
import { readGiven } from "./settings/given.ts";
import { defaultLimits, defaultPolicy } from "./settings/settings.ts";
import { readAuthorityOptions, readTestTokenOptions } from "./test-authority/read-authority-options.ts";

type Read = (options: never) => unknown;

const readTestAuthority = (given: unknown): unknown =>
  readGiven({ owner: "startTestAuthority", given }, readAuthorityOptions);

/** What a JavaScript program can give. */
function give(given: unknown, read: Read = readFacadeOptions): unknown {
  return Reflect.apply(read, undefined, [given]);
}

function faultsOf(given: unknown, read?: Read): string {
  try {
    give(given, read);
    return "";
  } catch (error) {
    return error instanceof TypeError ? error.message : `another error: ${String(error)}`;
  }
}

const guid = "11111111-2222-4333-8444-ABCDEFABCDEF";
const location = {
  kind: "postgres",
  hosts: [{ host: "db", port: 5432 }],
  user: "a",
  database: "b",
  tls: "require",
};

test("all that there is may be given", () => {
  const settings = { port: 0, retention: 3, tenants: [], policy: defaultPolicy, limits: defaultLimits };
  expect(faultsOf({})).toBe("");
  const log = createLog({ log: "json" }, { write: () => true });
  expect(faultsOf({ settings, apps: [], testAuthority: {}, log, prepare: () => {} })).toBe("");
  const testAuthority = { tenants: [guid], clientId: guid, now: Date.now, port: 0 };
  expect(faultsOf({ testAuthority })).toBe("");
  expect(faultsOf({ testAuthority: { issueToken: () => {}, settings: {} } })).toBe("");
});

test("an option that is undefined is left out", () => {
  const names = ["settings", "apps", "testAuthority", "log", "prepare"];
  const options = Object.fromEntries(names.map((name) => [name, undefined]));
  expect(give(options)).toEqual(give({}));
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
    { settings: { policy: { readOnly: "yes" } } },
    'settings.policy.readOnly must be true or false; got "yes".',
  ],
  [
    { settings: { limits: { pageSize: "x", writes: null } } },
    'settings.limits.writes must be a whole number from 1 to 1000000.\nsettings.limits.pageSize must be a whole number from 1 to 1000; got "x".',
  ],
  [null, "What createFacade is given must be an object."],
  [{ settings: null }, "settings must be an object."],
  [
    { settings: { policy: "readOnly", limits: [5] } },
    "settings.policy must be an object.\nsettings.limits must be an object.",
  ],
  [{ testAuthority: true }, "testAuthority must be an object; got true."],
  [{ testAuthority: { bogus: 1 } }, "createFacade has no option testAuthority.bogus."],
  [
    { testAuthority: { clientId: 5 } },
    "testAuthority.clientId must be the client id of an app registration, which is a GUID; got 5.",
  ],
  [
    { testAuthority: { tenants: [] } },
    "testAuthority.tenants must be an array of one or more ids of tenants, which are GUIDs and not domain names.",
  ],
  [{ testAuthority: { port: 1.5 } }, "testAuthority.port must be a whole number from 0 to 65535; got 1.5."],
  [{ apps: {} }, "apps must be an array of apps."],
  [{ prepare: true }, "prepare must be a function; got true."],
])("%j is refused", (given, message) => {
  expect(faultsOf(given)).toBe(message);
});

test.each([
  [{}, /^settings\.store\.kind must be sqlite or postgres\.$/],
  [{ kind: "mysql" }, /^settings\.store\.kind must be sqlite or postgres; got "mysql"\.$/],
  // Nothing is said of the other members: they fit another kind.
  [
    { kind: "mysql", file: "x", user: 5 },
    /^settings\.store\.kind must be sqlite or postgres; got "mysql"\.$/,
  ],
  [{ kind: "sqlite" }, /^settings\.store\.file must be a path without control characters/],
  [{ kind: "sqlite", file: 5 }, /^settings\.store\.file must be a path .*; got 5\.$/],
  [{ kind: "sqlite", file: ":memory:" }, /^settings\.store\.file must be .*; got ":memory:"\.$/],
  [{ kind: "sqlite", file: "a.db", bogus: 1 }, /^createFacade has no option settings\.store\.bogus\.$/],
  [{ kind: "sqlite", fiel: "a.db" }, /settings\.store\.fiel\. Did you mean settings\.store\.file\?$/],
  [
    { kind: "postgres" },
    /^settings\.store\.hosts must be an array .*\nsettings\.store\.user must .*\nsettings\.store\.database .*\nsettings\.store\.tls must be disable or require or verify-ca or verify-full\.$/,
  ],
  [{ ...location, hosts: [] }, /^settings\.store\.hosts must be/],
  [{ ...location, hosts: ["db"] }, /^settings\.store\.hosts must be/],
  [{ ...location, hosts: [{ host: "a b", port: 1 }] }, /^settings\.store\.hosts must be/],
  [{ ...location, hosts: [{ host: "db", port: 0 }] }, /^settings\.store\.hosts must be/],
  [
    {
      ...location,
      hosts: [
        { host: "/run", port: 1 },
        { host: "db", port: 1 },
      ],
    },
    /^settings\.store\.hosts must be/,
  ],
  [{ ...location, tls: "prefer" }, /^settings\.store\.tls must be .*; got "prefer"\.$/],
  [{ ...location, password: "geheim" }, /^settings\.store\.password must be a function that returns/],
  [
    { ...location, password: () => "x", passwordFile: "y" },
    /^settings\.store\.passwordFile must be left out where there is a password/,
  ],
  ["mysql:a", /^settings\.store must be a location such as .*; got "mysql:…"\.$/],
  ["postgres://ada:geheim@db", /^settings\.store must be .*; got "postgres:\/\/…@db"\.$/],
  [5, /^settings\.store must be a location such as .*; got 5\.$/],
  [[], /^settings\.store must be a location such as /],
])("a store of %j is refused", (store, message) => {
  expect(faultsOf({ settings: { store } })).toMatch(message);
  expect(faultsOf({ settings: { store } })).not.toContain("geheim");
});

test.each([{}, console, { ...console, isLevelEnabled: true }, "text", () => {}])(
  "a log that lacks a function is refused (%#)",
  (log) => {
    expect(faultsOf({ log })).toMatch(
      /^log must be a log with the functions debug, info, warn, error, isLevelEnabled, such as one of createLog/,
    );
  },
);

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

test.each([
  [readImportOptions, { dryrun: true }, "importReport has no option dryrun. Did you mean dryRun?"],
  [readImportOptions, { tenantID: guid }, "importReport has no option tenantID. Did you mean tenantId?"],
  [readImportOptions, { dryRun: "true" }, 'dryRun must be true or false; got "true".'],
  [readImportOptions, null, "What importReport is given must be an object."],
  [readDevelopmentTokenOptions, { scopes: "a" }, "issueToken has no option scopes. Did you mean scope?"],
  [readDevelopmentTokenOptions, { application: "no" }, 'application must be true or false; got "no".'],
  [readDevelopmentTokenOptions, { scope: ["a"] }, "scope must be a text."],
  [readDevelopmentTokenOptions, { expiresIn: "1h" }, 'expiresIn must be a number of seconds; got "1h".'],
  [readTestTokenOptions, { scopes: "a" }, "issueToken has no option scopes. Did you mean scope?"],
  [readTestTokenOptions, { version: 2 }, "version must be 1.0 or 2.0; got 2."],
  [readTestTokenOptions, { claims: "aud" }, 'claims must be an object; got "aud".'],
  [readTestAuthority, { tenant: [guid] }, "startTestAuthority has no option tenant. Did you mean tenants?"],
])("%o refuses %j", (read, given, message) => {
  expect(faultsOf(given, read)).toBe(message);
});

test("what the functions of a facade know may be given, and be left out", () => {
  expect(faultsOf(undefined, readImportOptions)).toBe("");
  const report = { tenantId: guid, actor: "b", dryRun: false, missingAsZero: undefined };
  expect(faultsOf(report, readImportOptions)).toBe("");
  const token = { scope: "a", tenant: guid, user: "c", expiresIn: -1, application: true };
  expect(faultsOf(token, readDevelopmentTokenOptions)).toBe("");
  expect(faultsOf({ ...token, version: "1.0", claims: {} }, readTestTokenOptions)).toBe("");
});

const takeTenant: readonly (readonly [Read, string])[] = [
  [readImportOptions, "tenantId"],
  [readDevelopmentTokenOptions, "tenant"],
  [readTestTokenOptions, "tenant"],
];

test.each(takeTenant)("%o takes a tenant as tokens have it, and no other text", (read, name) => {
  expect(give({ [name]: guid }, read)).toMatchObject({ [name]: guid.toLowerCase() });
  for (const tenant of ["contoso.com", "", ` ${guid}`, `{${guid}}`, `${guid}\n`, "common"]) {
    expect(faultsOf({ [name]: tenant }, read)).toBe(
      `${name} must be the id of a tenant, which is a GUID and not a domain name; got ${JSON.stringify(tenant)}.`,
    );
  }
});

test("a test authority has its ids in lower case", () => {
  const [tenants, clientId] = [[guid, guid.toLowerCase()], guid];
  const lower = { tenants: [guid.toLowerCase()], clientId: guid.toLowerCase() };
  expect(give({ tenants, clientId }, readTestAuthority)).toMatchObject(lower);
  expect(give({ testAuthority: { tenants, clientId } })).toMatchObject({ testAuthority: lower });
});

test("the settings of a test authority follow the rules of their options", () => {
  const settings = { tenants: [guid], audience: [guid], authority: "http://127.0.0.1:8080/" };
  expect(give({ settings }, readAuthoritySettings)).toEqual({
    tenants: [guid.toLowerCase()],
    audience: [guid.toLowerCase()],
    authority: "http://127.0.0.1:8080",
  });
  expect(faultsOf({ settings: { ...settings, tenants: ["contoso.com"] } }, readAuthoritySettings)).toMatch(
    /^testAuthority\.settings\.tenants must be tenant ids of Entra ID/,
  );
  expect(faultsOf({}, readAuthoritySettings)).toMatch(/^testAuthority\.settings\.tenants must be/);
});
