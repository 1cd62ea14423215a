import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readSettings } from "./read-settings.ts";
import type { SettingSources } from "./setting-sources.ts";
import { defaultLimits } from "./settings.ts";

const folder = "/home/ada";

function problemOf(sources: Omit<SettingSources, "folder">): string {
  try {
    readSettings({ folder, ...sources });
  } catch (error) {
    if (error instanceof Error && error.name === "UserError") return error.message;
    throw error;
  }
  return "none";
}

function metricsOf(metrics: string): string | undefined {
  return readSettings({ folder, options: { metrics } }).metrics;
}

function metricsInFile(value: string): Pick<SettingSources, "options"> {
  return { options: { config: configFile(`{"metrics": ${value}}`) } };
}

function configFile(content: string | Uint8Array): string {
  const path = mkdtempSync(join(tmpdir(), "install-summary-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  writeFileSync(join(path, "facade.json"), content);
  return join(path, "facade.json");
}

test("without any source it is a facade for this machine, its data in one folder", () => {
  expect(readSettings({ folder })).toEqual({
    data: "/home/ada/.data",
    store: { kind: "sqlite", file: "/home/ada/.data/install-summary.db" },
    storePooled: false,
    host: "127.0.0.1",
    port: 8420,
    log: "text",
    metrics: undefined,
    https: false,
    certificate: undefined,
    privateKey: undefined,
    hosts: [],
    publicUrl: undefined,
    proxies: [],
    origins: [],
    tenants: [],
    audience: [],
    authority: "https://login.microsoftonline.com",
    policy: { readOnly: false, allowApplication: false, wrapGet: false, requireIfMatch: false },
    limits: defaultLimits,
  });
});

test("B150 an option overrides the environment, which overrides the file, and an empty variable is absent", () => {
  const config = configFile('{"port": 1, "host": "::1", "log": "json", "limits": {"writes": 7}}');
  const env = { INSTALL_SUMMARY_PORT: "2", INSTALL_SUMMARY_HOST: "", INSTALL_SUMMARY_LOG: "text" };
  const settings = readSettings({ folder, env, options: { config, port: "3" } });
  expect(settings).toMatchObject({
    port: 3,
    host: "::1",
    log: "text",
    limits: { ...defaultLimits, writes: 7 },
  });
  expect(readSettings({ folder, env, options: { config } })).toMatchObject({ port: 2 });
  expect(readSettings({ folder, options: { config } })).toMatchObject({ port: 1, log: "json" });
});

test("relative paths begin where the person typed them, and the store follows the data folder", () => {
  expect(readSettings({ folder, options: { data: "x" } })).toMatchObject({
    data: "/home/ada/x",
    store: { kind: "sqlite", file: "/home/ada/x/install-summary.db" },
  });
  expect(readSettings({ folder, options: { store: "sqlite:y/z.db" } }).store).toEqual({
    kind: "sqlite",
    file: "/home/ada/y/z.db",
  });
});

test("policies are switched by option, variable or file", () => {
  const config = configFile('{"wrapGet": true, "requireIfMatch": false}');
  const env = { INSTALL_SUMMARY_ALLOW_APPLICATION: "true", INSTALL_SUMMARY_REQUIRE_IF_MATCH: "1" };
  expect(readSettings({ folder, env, options: { config, readOnly: true } }).policy).toEqual({
    readOnly: true,
    allowApplication: true,
    wrapGet: true,
    requireIfMatch: true,
  });
  expect(problemOf({ env: { INSTALL_SUMMARY_WRAP_GET: "maybe" } })).toBe(
    'wrapGet must be true or false; got "maybe" (from INSTALL_SUMMARY_WRAP_GET).',
  );
});

test("signs of the terminal that do not exist are refused", () => {
  expect(problemOf({ env: { INSTALL_SUMMARY_GLYPHS: "utf8" } })).toBe(
    "INSTALL_SUMMARY_GLYPHS must be unicode or ascii; got utf8.",
  );
});

test("B135 an invalid port is named with its source", () => {
  for (const port of ["-1", "70000", "abc", "80.5", " 80", "1e3"]) {
    expect(problemOf({ options: { port } })).toBe(
      `port must be a whole number from 0 to 65535; got "${port}" (from --port).`,
    );
  }
  expect(problemOf({ env: { INSTALL_SUMMARY_PORT: "abc" } })).toContain("(from INSTALL_SUMMARY_PORT)");
  const config = configFile('{"port": true}');
  expect(problemOf({ options: { config } })).toBe(
    `port must be a whole number from 0 to 65535; got true (from ${config}).`,
  );
});

test("B136 without Entra ID this machine alone is served, and what to set is told", () => {
  for (const host of ["0.0.0.0", "::", "192.168.0.7", "example.com", "127.0.0.1.example.com", "127.1"]) {
    expect(problemOf({ options: { host } })).toBe(
      `host must be 127.0.0.1, ::1 or localhost: development tokens can be made by everyone who reads the data folder, so the development issuer serves this machine only; got ${host} (from --host). To serve other machines, set tenants and audience of Entra ID.`,
    );
  }
  for (const host of ["127.0.0.1", "127.8.9.10", "::1", "localhost"]) {
    expect(readSettings({ folder, options: { host } }).host).toBe(host);
  }
});

test("a host with a port, a path or a scheme is refused", () => {
  for (const host of ["localhost:8420", "[::1]", "http://localhost", "a b", "x/y"]) {
    expect(problemOf({ options: { host } })).toBe(
      `host must be an address or a host name, without a port; got ${JSON.stringify(host)} (from --host).`,
    );
  }
});

const tenant = "7E57AB1E-0000-4000-8000-000000000001";
const clientId = "5e7f1d00-0000-4000-8000-000000000001";

test("with tenants and an audience of Entra ID any host can be served", () => {
  const other = "7e57ab1e-0000-4000-8000-000000000002";
  const options = { tenants: `${tenant}, ${other},${other}`, audience: `api://${clientId}`, host: "0.0.0.0" };
  const expected = {
    host: "0.0.0.0",
    tenants: [tenant.toLowerCase(), other],
    audience: [`api://${clientId}`],
    authority: "https://login.microsoftonline.com",
  };
  expect(readSettings({ folder, options })).toMatchObject(expected);
  const config = configFile(
    JSON.stringify({ ...options, tenants: [tenant, other], audience: [`api://${clientId}`] }),
  );
  expect(readSettings({ folder, options: { config } })).toMatchObject(expected);
});

test("B138 an audience is a client id, with api:// or without it, or an App ID URI", () => {
  for (const audience of [
    clientId,
    `api://${clientId}`,
    "api://install-summary",
    "https://summary.contoso.com",
  ]) {
    expect(readSettings({ folder, options: { tenants: tenant, audience } }).audience).toEqual([audience]);
  }
  for (const audience of [
    "00000003-0000-0000-c000-000000000000",
    "https://graph.microsoft.com",
    "https://graph.microsoft.us/",
    "summary.contoso.com",
    "http://summary.contoso.com",
    "*",
    `${clientId},`,
  ]) {
    expect(problemOf({ options: { tenants: tenant, audience } })).toBe(
      `audience must be the client id of your app registration (a GUID), api://CLIENT-ID or an https App ID URI, and not Microsoft Graph's; got "${audience}" (from --audience).`,
    );
  }
});

test("B137 a tenant is a GUID", () => {
  for (const tenants of [
    "common",
    "9188040d-6c67-4c5b-b112-36a304b66dad",
    "organizations",
    "contoso.onmicrosoft.com",
    `${tenant};${tenant}`,
    `${tenant},`,
  ]) {
    expect(problemOf({ options: { tenants, audience: clientId } })).toMatch(
      /^tenants must be tenant ids of Entra ID, which are GUIDs and not domain names, separated by commas; personal Microsoft accounts \(9188040d-6c67-4c5b-b112-36a304b66dad\) are not supported; got ".* \(from --tenants\)\.$/,
    );
  }
});

test("B139 an authority is an https origin, or one of this machine", () => {
  for (const origin of ["https://login.microsoftonline.us", "http://127.0.0.1:9000"]) {
    const options = { tenants: tenant, audience: clientId, authority: `${origin}/` };
    expect(readSettings({ folder, options }).authority).toBe(origin);
  }
  for (const authority of [
    "http://login.microsoftonline.com",
    "login.microsoftonline.com",
    `https://login.microsoftonline.com/${tenant}`,
    "https://ada:secret@login.microsoftonline.com",
    "https://login.microsoftonline.com/?x",
    "ftp://127.0.0.1",
  ]) {
    const problem = problemOf({ env: { INSTALL_SUMMARY_AUTHORITY: authority } });
    expect(problem).toMatch(
      /^authority must be an https URL without a path, .*\(from INSTALL_SUMMARY_AUTHORITY\)\.$/,
    );
    expect(problem).not.toContain("secret");
  }
});

test("tenants and audience need each other, and authority needs both", () => {
  expect(problemOf({ options: { tenants: tenant } })).toBe(
    "tenants (from --tenants) needs audience too: the client id of your app registration in Entra ID.",
  );
  expect(problemOf({ env: { INSTALL_SUMMARY_AUDIENCE: clientId } })).toBe(
    "audience (from INSTALL_SUMMARY_AUDIENCE) needs tenants too: the ids of the Entra ID tenants whose tokens are accepted.",
  );
  expect(problemOf({ options: { authority: "https://login.microsoftonline.us" } })).toBe(
    "authority (from --authority) needs tenants and audience too: the ids of the Entra ID tenants whose tokens are accepted.",
  );
  expect(problemOf({ options: { tenants: "common", audience: clientId } })).not.toContain("needs");
});

test("B140 Entra ID is not trusted over connections that are not checked", () => {
  const env = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };
  const entra = { tenants: tenant, audience: clientId };
  expect(problemOf({ options: entra, env })).toMatch(
    /^NODE_TLS_REJECT_UNAUTHORIZED=0 lets anyone pose as Entra ID\./,
  );
  expect(problemOf({ options: { ...entra, authority: "http://127.0.0.1:9" }, env })).toBe("none");
  expect(problemOf({ env })).toBe("none");
});

test("the settings of HTTPS need each other, and the files are found from where the person typed", () => {
  expect(problemOf({ options: { https: true, certificate: "a.crt" } })).toBe(
    "certificate (from --certificate) needs privateKey too: the file with the key of that certificate.",
  );
  expect(problemOf({ env: { INSTALL_SUMMARY_PRIVATE_KEY: "a.key" } })).toBe(
    "privateKey (from INSTALL_SUMMARY_PRIVATE_KEY) needs certificate too: the file with the certificate for that key.",
  );
  expect(problemOf({ options: { certificate: "a.crt", privateKey: "a.key" } })).toBe(
    "certificate (from --certificate) needs https too: without it plain HTTP is served.",
  );
  const options = { https: true, certificate: "a.crt", privateKey: "/etc/a.key" };
  expect(readSettings({ folder, options })).toMatchObject({
    https: true,
    certificate: "/home/ada/a.crt",
    privateKey: "/etc/a.key",
  });
  expect(problemOf({ options: { https: "maybe" } })).toContain("https must be true or false");
});

test("a list in the file is an array or a text, and nothing else", () => {
  expect(readSettings({ folder, options: { config: configFile('{"hosts": ["a", "b"]}') } }).hosts).toEqual([
    "a",
    "b",
  ]);
  for (const value of ["null", "1", "true", "{}", "[1]", "[null]"]) {
    expect(problemOf({ options: { config: configFile(`{"hosts": ${value}}`) } })).toMatch(/^hosts must be /);
  }
});

test("names, proxies and origins are lists, and a link's origin has no path", () => {
  const env = {
    INSTALL_SUMMARY_HOSTS: "host.docker.internal, [fd00::1],Summaries.contoso.com",
    INSTALL_SUMMARY_PROXIES: "10.0.0.5,10.1.0.0/16,fd00::/8",
    INSTALL_SUMMARY_ORIGINS: "http://localhost:3000,https://Dash.contoso.com/",
    INSTALL_SUMMARY_PUBLIC_URL: "https://summaries.contoso.com:443/",
  };
  expect(readSettings({ folder, env })).toMatchObject({
    hosts: ["host.docker.internal", "fd00::1", "summaries.contoso.com"],
    proxies: ["10.0.0.5", "10.1.0.0/16", "fd00::/8"],
    origins: ["http://localhost:3000", "https://dash.contoso.com"],
    publicUrl: "https://summaries.contoso.com",
  });
  const refused = {
    hosts: ["a:80", "https://a", "a b", "*.contoso.com"],
    proxies: [
      "10.0.0",
      "10.0.0.256",
      "10.0.0.0/33",
      "fd00::/129",
      "fd00:::1",
      "10.0.0.0/8/8",
      "proxy.contoso.com",
      "*",
    ],
    origins: ["*", "null", "localhost:3000", "https://a/path", "https://a?b", "file:///a", "https://u:p@a"],
    publicUrl: ["summaries.contoso.com", "https://a/beta", "ftp://a", "https://u@a"],
  };
  for (const [key, values] of Object.entries(refused)) {
    for (const value of values) {
      expect([value, problemOf({ options: { [key]: value } })]).toEqual([
        value,
        expect.stringMatching(new RegExp(`^${key} must (?:be|not) `)),
      ]);
    }
  }
});

test("metrics are served on a port of loopback, or on an address of their own", () => {
  expect(metricsOf("9464")).toBe("127.0.0.1:9464");
  expect(metricsOf("10.0.0.5:09464")).toBe("10.0.0.5:9464");
  expect(metricsOf("[fd00::5]:0")).toBe("[fd00::5]:0");
  expect(metricsOf("metrics.internal:80")).toBe("metrics.internal:80");
  expect(readSettings({ folder, ...metricsInFile("9464") }).metrics).toBe("127.0.0.1:9464");
  for (const value of ["65536", "-1", "1.5", "true"]) {
    expect(problemOf(metricsInFile(value))).toContain(`; got ${value} (from`);
  }
  for (const metrics of ["", "on", "65536", "fd00::5:9464", "[::1]", "a b:1", ":9464", "http://a:1"]) {
    expect(problemOf({ options: { metrics } })).toContain("metrics must be a port such as 9464");
  }
});

test("B144 an unsupported store is refused, with the supported ones", () => {
  for (const store of [
    "mysql://db/x",
    "install-summary.db",
    "sqlite:",
    "sqlite://host/x.db",
    "sqlite::memory:",
    "sqlite:x.db?mode=ro",
    "postgres://ada/summary",
    "postgres://db.example/summary?sslmode=prefer",
  ]) {
    expect(problemOf({ env: { INSTALL_SUMMARY_STORE: store } })).toBe(
      "store must be sqlite:FILE without options behind a ?, or postgres://USER@HOST/DATABASE with sslmode disable, require, verify-ca or verify-full, " +
        "and with %25, %40 and %2F for the characters %, @ and / in a name or password; " +
        `got "${store}" (from INSTALL_SUMMARY_STORE).`,
    );
  }
});

test.each([
  "postgresql://ada:hunter2@db.example/summary",
  "postgres://ada:hun%20ter2/hunter2@db.example/summary",
  'postgres://ada:"hunter2" @db.example/summary',
  "postgres://ada@db.example/summary?password=hunter2",
  "mysql://ada:hunter2@db.example/summary",
  "sqlite:postgres://ada:hunter2@db.example/summary",
])("B144 a password is refused in an argument and never shown: %s", (store) => {
  expect(problemOf({ options: { store } })).toMatch(/^store must not hold a password where other users/);
  for (const sources of [{ options: { store } }, { env: { INSTALL_SUMMARY_STORE: `${store}?x` } }]) {
    expect(problemOf(sources)).toMatch(/^store must/);
    expect(problemOf(sources)).not.toContain("hunter2");
  }
});

test.each([
  "postgres:/ada:hunter2@db.example/summary",
  "ada:hunter2@db.example/summary",
  "postgres://ada:hunter2/summary",
  "host=db.example user=ada password=hunter2",
])("a password is never shown, however the store is misspelt and wherever it is set: %s", (store) => {
  const config = configFile(JSON.stringify({ store }));
  for (const sources of [
    { options: { store } },
    { env: { INSTALL_SUMMARY_STORE: store } },
    { options: { config } },
  ]) {
    expect(problemOf(sources)).toMatch(/^store must be .*; got ".*….*" \(from .*\)\.$/);
    expect(problemOf(sources)).not.toContain("hunter2");
  }
});

test.each(["authority", "publicUrl", "origins", "hosts", "proxies", "metrics", "log"])(
  "a password in a URL is not shown where %s is refused",
  (key) => {
    for (const url of ["https://ada:hunter2@proxy.example/x?", "ada:hunter2@proxy.example"]) {
      const problem = problemOf({ options: { config: configFile(JSON.stringify({ [key]: url })) } });
      expect(problem).toContain(`${key} must be`);
      expect(problem).not.toContain("hunter2");
    }
  },
);

test.each(["data", "storePasswordFile", "certificate"])("a URL is refused as the path of %s", (key) => {
  for (const [url, shown] of [
    ["postgres://ada:hunter2@db.example/x", "postgres://…@db.example/x"],
    ["file:/srv/x", "file:/srv/x"],
  ]) {
    const config = configFile(JSON.stringify({ [key]: url }));
    expect(problemOf({ options: { config } })).toContain(
      `${key} must be a path without control characters, and not a URL; got "${shown}" (from ${config}).`,
    );
  }
  const config = configFile(JSON.stringify({ data: "C:/data" }));
  expect(readSettings({ folder, options: { config } }).data).toBe("/home/ada/C:/data");
});

test("the password of a store comes from the URL in the environment, or from a file", () => {
  const url = "postgres://ada:p%40ss@db.example/summary";
  const { store } = readSettings({ folder, env: { INSTALL_SUMMARY_STORE: url } });
  expect(store).toMatchObject({ kind: "postgres", user: "ada", passwordFile: undefined });
  expect(store.kind === "postgres" && store.password?.()).toBe("p@ss");
  expect(JSON.stringify(store)).not.toContain("p@ss");
  const options = { store: "postgres://ada@db.example/summary", storePasswordFile: "secret" };
  expect(readSettings({ folder, options }).store).toMatchObject({ passwordFile: "/home/ada/secret" });
  const env = { INSTALL_SUMMARY_STORE: url };
  expect(problemOf({ env, options: { storePasswordFile: "x" } })).toBe(
    "store has a password, and storePasswordFile names another. Leave one of them out.",
  );
  expect(problemOf({ options: { store: "postgres://db.example/x", storePasswordFile: "x" } })).toMatch(
    /^store must be .*\.$/,
  );
  expect(problemOf({ options: { storePasswordFile: "x" } })).toBe(
    "storePasswordFile is for a store in PostgreSQL. Set store to postgres://USER@HOST/DATABASE.",
  );
});

test("B145 a limit of zero or less, or one that is not a whole number, is refused", () => {
  for (const writes of ["0", "-1", '"NaN"', "1.5", "null", "1e999"]) {
    const config = configFile(`{"limits": {"writes": ${writes}}}`);
    expect(problemOf({ options: { config } })).toMatch(
      /^limits\.writes must be a whole number from 1 to 1000000; got .* \(from .*facade\.json\)\.$/,
    );
  }
});

test.each([
  ["8420.00000000000000001", "8420.00000000000000001"],
  ["1e999", "1e999"],
  ["1.5", "1.5"],
  ['"x"', '"x"'],
  ["[8420.00000000000000001]", '["8420.00000000000000001"]'],
])("a port of %s in a config file is shown as %s", (text, shown) => {
  const config = configFile(`{"port": ${text}}`);
  expect(problemOf({ options: { config } })).toContain(`; got ${shown} (from `);
});

test("B147 control characters in a value are refused and shown as symbols", () => {
  expect(problemOf({ options: { data: "a\u0000b" } })).toContain(
    "data must be a path without control characters, and not a URL",
  );
  expect(problemOf({ env: { INSTALL_SUMMARY_DATA: "a\nb" } })).not.toContain("\n");
});

test("B134 an unknown key in the file is named with the one that was meant", () => {
  const config = configFile('{"prot": 1, "limits": {"write": 2}}');
  expect(problemOf({ options: { config } })).toBe(
    `"prot" is not a setting (from ${config}). Did you mean port?\n` +
      `"limits.write" is not a setting (from ${config}). Did you mean limits.writes?`,
  );
});

test("all faults are reported at once", () => {
  const problems = problemOf({
    options: { port: "x", log: "loud" },
    env: { INSTALL_SUMMARY_HOST: "0.0.0.0" },
  });
  expect(problems.split("\n").map((problem) => problem.split(" ")[0])).toEqual(["port", "log", "host"]);
});

test("a member called __proto__ is an unknown setting like any other", () => {
  expect(problemOf({ options: { config: configFile('{"__proto__": {"readOnly": true}}') } })).toContain(
    '"__proto__" is not a setting',
  );
  expect(problemOf({ options: { config: configFile('{"limits": {"__proto__": 1}}') } })).toContain(
    '"limits.__proto__" is not a setting',
  );
});

test.each(['{"readOnly": true, "readOnly": false}', '{"limits": {"writes": 1, "writes": 2}}'])(
  "a config file with a key twice is refused with its place: %s",
  (text) => {
    expect(problemOf({ options: { config: configFile(text) } })).toMatch(
      /cannot be used: '(?:readOnly|writes)' is repeated at line 1, column \d+\.$/,
    );
  },
);

test("B142 a config file that is missing, a folder, not JSON, not an object or too large is named", () => {
  expect(problemOf({ options: { config: "none.json" } })).toContain(
    "/home/ada/none.json cannot be used: no such file or directory.",
  );
  expect(problemOf({ options: { config: tmpdir() } })).toContain("it is a folder");
  expect(problemOf({ options: { config: configFile("{port: 1}") } })).toContain("it is not JSON");
  expect(problemOf({ options: { config: configFile("[1]") } })).toContain("it must hold one JSON object");
  expect(problemOf({ options: { config: configFile('{"limits": 1}') } })).toContain(
    "limits must be a JSON object",
  );
  for (const text of ['{"limits.writes": 5}', '{"limits.writes": 5, "limits": {"writes": 6}}']) {
    expect(problemOf({ options: { config: configFile(text) } })).toContain(
      "limits.NAME must be written as the member NAME of the object limits",
    );
  }
  expect(problemOf({ options: { config: configFile(" ".repeat(1024 * 1024 + 1)) } })).toContain(
    "larger than 1048576 bytes",
  );
});

test("a config file may be UTF-16 or begin with a byte-order mark, as Windows writes it", () => {
  const marked = '\ufeff{"port": 9000}';
  for (const bytes of [Buffer.from(marked), Buffer.from(marked, "utf16le")]) {
    expect(readSettings({ folder, env: {}, options: { config: configFile(bytes) } }).port).toBe(9000);
  }
  expect(problemOf({ options: { config: configFile(Uint8Array.of(0x7b, 0xf6)) } })).toContain(
    "it is neither UTF-8 nor UTF-16",
  );
});

test("a device that never ends is too large a config file", ({ skip }) => {
  skip(!existsSync("/dev/zero"), "this system has no /dev/zero");
  expect(problemOf({ options: { config: "/dev/zero" } })).toBe(
    "The config file /dev/zero cannot be used: it is larger than 1048576 bytes.",
  );
});

test("a limit is set by its variable too", () => {
  const env = { INSTALL_SUMMARY_LIMITS_WRITES: "7" };
  expect(readSettings({ folder, env }).limits).toEqual({ ...defaultLimits, writes: 7 });
});

test("B134 an unknown variable is refused with the one that was meant, and the editor's variables are not", () => {
  const env = { INSTALL_SUMMARY_READONLY: "true", INSTALL_SUMMARY_URL: "http://127.0.0.1:8420/beta" };
  expect(problemOf({ env })).toBe(
    "Unknown environment variable: INSTALL_SUMMARY_READONLY. Did you mean INSTALL_SUMMARY_READ_ONLY?",
  );
});

test("a port that Kubernetes sets for a service of this name is ignored", () => {
  expect(readSettings({ folder, env: { INSTALL_SUMMARY_PORT: "tcp://10.0.0.11:8420" } }).port).toBe(8420);
});
