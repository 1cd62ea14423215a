import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { completeSettings, readGivenSettings } from "./given-settings.ts";
import { readGiven } from "./given.ts";
import { readSettings } from "./read-settings.ts";
import type { SettingSources } from "./setting-sources.ts";
import { policySettings, settingTable } from "./setting-table.ts";
import type { Settings } from "./settings.ts";

/** What `createFacade` makes of settings. */
function given(settings: unknown): Settings {
  const read = readGiven({ owner: "createFacade", given: settings, place: "settings" }, readGivenSettings);
  return completeSettings(read, read.data ?? resolve(".data"));
}

const id = "11111111-1111-4111-8111-11111111111A";
const entra = { tenants: [id], audience: [id] };
const files = { https: true, certificate: "tls/cert.pem", privateKey: "tls/key.pem" };
const [sqlite, postgres] = [
  "sqlite:b.db",
  "postgres://Ada:secret@DB.example:6432,[fd00::5]/s?sslmode=require",
];

/** Of each setting values that its config file may have, with those that it needs beside it. */
const samples: Readonly<Record<string, readonly [values: readonly unknown[], beside?: object]>> = {
  data: [["a", "/srv/a", "what?"]],
  store: [[sqlite, "sqlite:/srv/b.db", postgres, "postgres://ada@/s?host=/run&port=5433"]],
  storePooled: [[true, false, "true", "0"]],
  host: [["::1", "LOCALHOST"]],
  port: [[0, 8421, "8421"]],
  https: [[true, "1"]],
  certificate: [["cert.pem", "/srv/cert.pem"], files],
  privateKey: [["key.pem"], files],
  hosts: [[["Summaries.Contoso.COM", " [FD00::5] "], "a, B,a"]],
  publicUrl: [["HTTPS://Summaries.contoso.com:443/", "http://A.example:80"]],
  proxies: [[["FD00::/8", "10.0.0.1"], "10.0.0.0/8"]],
  origins: [[["https://Dashboard.contoso.com/", "https://dash.example:443"], "http://localhost:3000"]],
  log: [["json", "text"]],
  metrics: [["9464", 9464, 0, "0", "[FD00::5]:09464", "localhost:1"]],
  retention: [[3, "3"]],
  tenants: [[[id, ` ${id} `], id.toLowerCase()], entra],
  audience: [[[id], `API://${id}`, "https://Summaries.contoso.com/App"], entra],
  authority: [["https://Login.microsoftonline.us/", "http://127.0.0.1:8080/"], entra],
  readOnly: [[true, "true"]],
  allowApplication: [[true, "1"]],
  wrapGet: [[false, "false"]],
  requireIfMatch: [[true]],
};

const cases = settingTable
  .filter(({ key }) => key !== "storePasswordFile")
  .flatMap(({ key, variable, option }) => {
    const [values, beside = {}] = samples[key] ?? [[1, "1", 7]];
    return values.map((value) => ({ key, variable, option, value, beside }));
  });

test.each(cases)("$key of $value is the same by option, variable, file and program", (one) => {
  const { key, variable, option, value, beside } = one;
  const others = {
    ...beside,
    ...(key === "port" ? {} : { port: 8420 }),
    ...(key === "log" ? {} : { log: "text" }),
  };
  const program = given(merged(others, key, value));
  const expected = visible(program);
  const text = String(value);
  const besides = configFile(others);
  expect(visible(fromFile(configFile({ ...others, ...fileMembers(key, value) })))).toEqual(expected);
  expect(visible(fromFile(besides, { env: { [variable]: text } }))).toEqual(expected);
  // A password is refused where other users can read it.
  const isTyped = option !== undefined && !text.includes("secret");
  const source = isTyped ? { options: { [key]: text } } : { env: { [variable]: text } };
  expect(visible(fromFile(besides, source))).toEqual(expected);
  // As serve gives them, and a test that changes one of them.
  expect(visible(given(program))).toEqual(expected);
});

test("every setting but the store's password file, which a location has, is compared", () => {
  expect(new Set(cases.map(({ key }) => key)).size).toBe(settingTable.length - 1);
});

test("what is left out, or is undefined, has the default of the command line, but any free port and a log in JSON", () => {
  const usual = { ...readSettings({ folder: process.cwd() }), port: 0, log: "json" };
  expect(given({})).toEqual(usual);
  expect(given(undefined)).toEqual(usual);
  const { policy, limits, ...general } = usual;
  expect(given({ ...undefinedIn(usual) })).toEqual(usual);
  expect(
    given({ ...undefinedIn(general), policy: undefinedIn(policy), limits: undefinedIn(limits) }),
  ).toEqual(usual);
});

test("a value is read once, wherever the object has it from", () => {
  let reads = 0;
  class Limits {
    get pageSize(): number {
      reads += 1;
      return reads;
    }
  }
  expect(given({ limits: new Limits() }).limits.pageSize).toBe(1);
});

test("a location of PostgreSQL has its file of a password", () => {
  const location = {
    kind: "postgres",
    hosts: [{ host: "db", port: 5432 }],
    user: "a",
    database: "b",
    tls: "require",
  };
  const { store } = given({ store: { ...location, passwordFile: "secret.txt" } });
  const options = { store: "postgres://a@db/b?sslmode=require", storePasswordFile: "secret.txt" };
  expect(store).toEqual(readSettings({ folder: process.cwd(), options }).store);
  expect(given({ store: { ...location, password: () => "x" } }).store).toMatchObject({
    passwordFile: undefined,
  });
});

test("seconds may have fractions", () => {
  expect(given({ limits: { headerSeconds: 0.5 } }).limits.headerSeconds).toBe(0.5);
});

/** The same names without values. */
function undefinedIn(group: object): object {
  return Object.fromEntries(Object.keys(group).map((name) => [name, undefined]));
}

/** Of a password what it says, since it is a function. */
function visible({ store, ...settings }: Settings): object {
  return { ...settings, store: store.kind === "sqlite" ? store : { ...store, password: store.password?.() } };
}

function fromFile(config: string, { options, env = {} }: Omit<SettingSources, "folder"> = {}): Settings {
  return readSettings({ folder: process.cwd(), env, options: { ...options, config } });
}

function configFile(settings: object): string {
  const folder = mkdtempSync(join(tmpdir(), "install-summary-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "facade.json"), JSON.stringify(settings));
  return join(folder, "facade.json");
}

function fileMembers(key: string, value: unknown): object {
  return key.startsWith("limits.") ? { limits: { [key.slice("limits.".length)]: value } } : { [key]: value };
}

/** The same for a program, where the policy is a group too. */
function merged(others: object, key: string, value: unknown): object {
  const members = fileMembers(key, value);
  return { ...others, ...(key in policySettings ? { policy: members } : members) };
}
