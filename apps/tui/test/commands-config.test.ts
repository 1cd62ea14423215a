import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, readlink, rm, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { google, jsonError, patchesAt, useCommandsFixture } from "./commands-fixture.ts";
import { runProgram, type Ended } from "./run-program.ts";

const fixture = useCommandsFixture();

type Environment = Readonly<Record<string, string>>;

/** Runs a command as a person whose home is the folder of the test. */
function run(args: readonly string[], env: Environment = {}): Promise<Ended> {
  const { folder } = fixture;
  return runProgram(args, {
    cwd: folder,
    env: { HOME: folder, APPDATA: folder, LOCALAPPDATA: folder, ...env },
  });
}

/** Where the config file is in a person's home, which depends on the system. */
let fileInHome: Promise<string> | undefined;

async function configFile(): Promise<string> {
  const { folder } = fixture;
  fileInHome ??= run(["config", "--path"]).then(({ stdout }) => relative(folder, stdout.trimEnd()));
  return join(folder, await fileInHome);
}

/** Writes the config file; `token` is a variable of the environment. */
async function writeProfiles(profiles: object): Promise<void> {
  await writeConfig(JSON.stringify({ profiles }));
}

/** Writes the config file, and resolves to its path. */
async function writeConfig(text: string): Promise<string> {
  const file = await configFile();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

const jwt = (tenant: string): string =>
  ["{}", JSON.stringify({ tid: tenant }), "x"]
    .map((part) => Buffer.from(part).toString("base64url"))
    .join(".");

test("a profile that config wrote gives the server and the token of a command", async () => {
  const { url, token } = fixture.server;
  expect(await run(["config", "url", url, "--profile", "dev"])).toMatchObject({
    exit: 0,
    stdout: "",
    stderr: `url is ${url} in the profile dev of ${await configFile()}.\n`,
  });
  await run(["config", "tokenCommand", `echo ${token}`, "--profile", "dev"]);
  const listed = await run(["list", "--profile", "dev", "--query", "[].id"]);
  expect(listed).toMatchObject({ exit: 0, stderr: "" });
  expect(await run(["list", "--query", "[].id"], { INSTALL_SUMMARY_PROFILE: "dev" })).toEqual(listed);
  // In front of the command, too.
  expect(await run(["--profile=dev", "list", "--query", "[].id"])).toEqual(listed);
});

test("the profile called default is used when no other is chosen, and none means no profile", async () => {
  const { url, token } = fixture.server;
  await writeProfiles({ default: { url, tokenVariable: "CONTOSO_TOKEN" } });
  expect(await run(["list"], { CONTOSO_TOKEN: token })).toMatchObject({ exit: 0 });
  expect(await run(["list"])).toMatchObject({
    exit: 3,
    stderr:
      "install-summary: The variable CONTOSO_TOKEN, which the profile default takes its token from, is not set.\n",
  });
  expect(await run(["list", "--profile", "none"], { CONTOSO_TOKEN: token })).toMatchObject({
    exit: 3,
    stderr: expect.stringContaining("Not signed in: no token is set."),
  });
});

test("the environment comes before the profile, and says so when a person has named the profile", async () => {
  const { url, token } = fixture.server;
  await writeProfiles({ prod: { url: "http://127.0.0.1:1/beta", tokenCommand: "exit 1" } });
  const env = { INSTALL_SUMMARY_URL: url, INSTALL_SUMMARY_TOKEN: token };
  expect(await run(["list", "--profile", "prod"], env)).toMatchObject({
    exit: 0,
    stderr: "INSTALL_SUMMARY_URL of the environment comes before the profile prod.\n",
  });
  expect(await run(["list", "--profile", "prod", "--quiet"], env)).toMatchObject({ exit: 0, stderr: "" });
});

test("a read-only profile refuses every change before the network, and nothing lifts it", async () => {
  const { url, token } = fixture.server;
  await writeProfiles({ prod: { url, tokenCommand: `echo ${token}`, readOnly: true } });
  const set = ["set", google, "failed=1", "--yes", "--profile", "prod", "-o", "json"];
  for (const args of [set, [...set, "--read-only=false"]]) {
    const { exit, stderr } = await run(args, { INSTALL_SUMMARY_READ_ONLY: "false" });
    expect(exit).toBe(3);
    expect(jsonError(stderr)).toMatchObject({ error: { code: "ReadOnly" } });
    expect(stderr).toContain("INSTALL_SUMMARY_READ_ONLY is what the profile prod in ");
  }
  expect(fixture.server.requests).toEqual([]);
  expect(await run(["list", "--profile", "prod"])).toMatchObject({ exit: 0 });
});

/** The line that says of a variable that its value is the profile's. */
function inProfile(name: string): RegExp {
  return new RegExp(`^ *${name} is what the profile prod in .* says\\.$`, "m");
}

test("advice on a setting of a profile says that it is the profile's", async () => {
  const { url, token } = fixture.server;
  await writeProfiles({ prod: { url, tokenCommand: `echo ${token}` } });
  for (const [status, exit, name, other] of [
    [404, 4, "INSTALL_SUMMARY_URL", "INSTALL_SUMMARY_TOKEN_COMMAND"],
    [401, 3, "INSTALL_SUMMARY_TOKEN_COMMAND", "INSTALL_SUMMARY_URL"],
  ] as const) {
    fixture.server.intervene(() => ({ status, body: { error: { code: "Any", message: "No." } } }));
    const ended = await run(["get", google, "--profile", "prod"]);
    expect(ended).toMatchObject({ exit, stderr: expect.stringMatching(inProfile(name)) });
    expect(ended.stderr).not.toMatch(inProfile(other));
  }
});

test("a token of another tenant than the profile's is never sent", async () => {
  const { url } = fixture.server;
  await writeProfiles({
    prod: { url, tokenVariable: "PROD_TOKEN", tenant: "11111111-1111-1111-1111-111111111111" },
  });
  const { exit, stderr } = await run(["list", "--profile", "prod"], {
    PROD_TOKEN: jwt("22222222-2222-2222-2222-222222222222"),
  });
  expect(exit).toBe(3);
  expect(stderr).toContain(
    "The token is of the tenant 22222222-2222-2222-2222-222222222222, not 11111111-1111-1111-1111-111111111111.",
  );
  expect(fixture.server.requests).toEqual([]);
  await run(["list", "--profile", "prod"], { PROD_TOKEN: jwt("11111111-1111-1111-1111-111111111111") });
  expect(fixture.server.requests).not.toEqual([]);
});

/** Expects what `config` says of the file of the token. */
async function expectTokenFile(...path: readonly string[]): Promise<void> {
  expect((await run(["config", "tokenFile"])).stdout).toBe(`${join(...path)}\n`);
}

test("the file of a token is the same one from every folder, however its path was given", async () => {
  const { folder, server } = fixture;
  await writeFile(join(folder, "tok"), server.token);
  for (const given of ["tok", "./tok", "~/tok", join(folder, "tok")]) {
    expect(await run(["config", "tokenFile", given])).toMatchObject({ exit: 0 });
    await expectTokenFile(folder, "tok");
    expect(JSON.parse(await readFile(await configFile(), "utf8"))).toEqual({
      profiles: { default: { tokenFile: join(folder, "tok") } },
    });
  }
  const env = { HOME: folder, APPDATA: folder, LOCALAPPDATA: folder, INSTALL_SUMMARY_URL: server.url };
  expect(await runProgram(["list"], { cwd: dirname(folder), env })).toMatchObject({ exit: 0 });
  // Written by hand, it begins where the file is.
  await writeProfiles({ default: { tokenFile: "tok" } });
  await expectTokenFile(dirname(await configFile()), "tok");
  await writeProfiles({ default: { tokenFile: "~/tok" } });
  await expectTokenFile(folder, "tok");
  // Only the home of the person, not that of another.
  await writeProfiles({ default: { tokenFile: "~ada/tok" } });
  await expectTokenFile(dirname(await configFile()), "~ada", "tok");
});

test("a path that was written by hand stays as it is written when something else is set", async () => {
  const profiles = { default: { tokenFile: "~/tok" }, other: { tokenFile: "tok" } };
  await writeProfiles(profiles);
  expect(await run(["config", "readOnly", "false", "--profile", "other"])).toMatchObject({ exit: 0 });
  expect(JSON.parse(await readFile(await configFile(), "utf8"))).toEqual({
    profiles: { ...profiles, other: { tokenFile: "tok", readOnly: false } },
  });
});

test("the file of a token is found beside the config file, in the home, and by a variable in quotes", async () => {
  const { folder, server } = fixture;
  const besideConfig = join(dirname(await configFile()), "beside");
  await writeProfiles({
    beside: { url: server.url, tokenFile: "beside" },
    home: { url: server.url, tokenFile: "~/tok" },
  });
  await writeFile(besideConfig, server.token);
  await writeFile(join(folder, "tok"), server.token);
  expect(await run(["list", "--profile", "beside"])).toMatchObject({ exit: 0 });
  const byVariable = { INSTALL_SUMMARY_URL: server.url, INSTALL_SUMMARY_TOKEN_FILE: "~/tok" };
  // The home of a process is in another variable on Windows.
  const env = { USERPROFILE: folder };
  expect(await run(["list", "--profile", "home"], env)).toMatchObject({ exit: 0 });
  expect(await run(["list"], { ...env, ...byVariable })).toMatchObject({ exit: 0 });
});

const contoso = "contoso.onmicrosoft.com";
const guid = "11111111-1111-1111-1111-111111111111";

test.each([
  ["tenant", contoso, guid, "tenant must be the id of a tenant, a GUID", "GUID"],
  ["url", "https://ada:secret@apps.test/beta", "https://apps.test/beta", "url must be an http", "URL"],
  ["tokenVariable", "not-a-name", "NAME", "tokenVariable must be the name of a variable", "NAME"],
  ["tokenCommand", "'eyJ.secret.x'", "print-token", "tokenCommand must be a command line", "COMMAND"],
  ["tokenFile", "", resolve("/tok"), "tokenFile must be a text", "VALUE"],
  ["glyphs", "emoji", "ascii", "glyphs must be unicode or ascii", "VALUE"],
] as const)(
  "%s of a profile that cannot be used stops that profile alone, and config mends it",
  async (key, wrong, right, fault, placeholder) => {
    const { url, token } = fixture.server;
    const other = { url, tokenVariable: "OTHER_TOKEN" };
    const profiles = { default: { [key]: wrong }, other };
    await writeProfiles(profiles);
    const { exit, stdout, stderr } = await run(["list"]);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
    expect(stderr).toContain(`The profile default of ${await configFile()} cannot be used: ${fault}`);
    expect(stderr).toContain(`Mend it: install-summary config ${key} ${placeholder} --profile default`);
    expect(stderr).toContain(`Or take it out: install-summary config --unset ${key} --profile default`);
    expect(stderr).not.toContain("secret");
    expect(await run(["list", "--profile", "other"], { OTHER_TOKEN: token })).toMatchObject({ exit: 0 });
    const shown = await run(["config", "-o", "json"]);
    expect(shown.exit).toBe(0);
    expect(shown.stdout).not.toContain("secret");
    expect(await run(["config", key, right, "--profile", "default"])).toMatchObject({ exit: 0 });
    expect(JSON.parse(await readFile(await configFile(), "utf8"))).toEqual({
      profiles: { default: { [key]: right }, other },
    });
    await writeProfiles(profiles);
    expect(await run(["config", "--unset", key])).toMatchObject({ exit: 0 });
    expect(JSON.parse(await readFile(await configFile(), "utf8"))).toEqual({ profiles: { other } });
  },
);

test("config shows no value that may be a secret, and says why", async () => {
  const ofFile = await run(["config", "tokenFile"], { INSTALL_SUMMARY_TOKEN_FILE: '"eyJ.secret.x"' });
  expect(ofFile).toMatchObject({
    exit: 0,
    stdout: "",
    stderr: "tokenFile has no value to show: INSTALL_SUMMARY_TOKEN_FILE, which may be the token itself.\n",
  });
  const ofUrl = await run(["config", "url"], { INSTALL_SUMMARY_URL: "https://ada:secret@apps.test/beta" });
  expect(ofUrl).toMatchObject({
    exit: 0,
    stdout: "",
    stderr: expect.stringContaining("url has no value to show: INSTALL_SUMMARY_URL, but url must be an http"),
  });
  // An earlier version kept it as the path of a file.
  await writeProfiles({ default: { tokenFile: join(fixture.folder, "eyJ.secret.x"), tenant: contoso } });
  const whole = await run(["config"]);
  expect(whole.stdout).toContain("which may be the token itself");
  expect(whole.stdout).toContain("tenant must be the id of a tenant");
  expect(whole.stdout).not.toMatch(/secret|onmicrosoft/);
});

test("config says of every setting what it is and where it comes from, and shows no token", async () => {
  await writeProfiles({
    dev: { url: "http://dev.test/beta", tokenFile: "/tmp/t", glyphs: "ascii" },
    prod: {},
  });
  const { exit, stdout } = await run(["config", "--profile", "dev", "-o", "json"], {
    INSTALL_SUMMARY_TOKEN: "secret",
    INSTALL_SUMMARY_READ_ONLY: "1",
  });
  expect({ exit, stdout: JSON.parse(stdout) }).toEqual({
    exit: 0,
    stdout: {
      profile: { value: "dev", from: "--profile" },
      profiles: { value: ["dev", "prod"], from: await configFile() },
      url: { value: "http://dev.test/beta", from: "profile dev" },
      tokenCommand: { value: null, from: "default" },
      tokenFile: { value: null, from: "the environment gives the token" },
      tokenVariable: { value: "INSTALL_SUMMARY_TOKEN", from: "INSTALL_SUMMARY_TOKEN" },
      tenant: { value: null, from: "default" },
      readOnly: { value: true, from: "INSTALL_SUMMARY_READ_ONLY" },
      glyphs: { value: "ascii", from: "profile dev" },
    },
  });
  expect((await run(["config", "url", "--profile", "dev"])).stdout).toBe("http://dev.test/beta\n");
  expect((await run(["config", "url"])).stdout).toBe("http://127.0.0.1:8420/beta\n");
  expect((await run(["config"])).stdout).toMatch(/^Key +Value +From\n/);
});

test("the file is its owner's alone, keeps its $schema, and loses what is unset", async () => {
  const file = await writeConfig(
    JSON.stringify({ $schema: "./config.schema.json", profiles: { a: { readOnly: true } } }),
  );
  await run(["config", "glyphs", "ascii", "--profile", "b"]);
  await run(["config", "--unset", "readOnly", "--profile", "a"]);
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual({
    $schema: "./config.schema.json",
    profiles: { b: { glyphs: "ascii" } },
  });
  // Windows has no such bits.
  expect((await stat(file)).mode & 0o077).toBe(process.platform === "win32" ? 0o066 : 0);
  expect(await readdir(dirname(file))).toEqual(["config.json"]);
});

test("the JSON schema has every key of a profile", async () => {
  const { exit, stdout } = await run(["config", "--schema"]);
  expect(exit).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    properties: {
      profiles: {
        additionalProperties: {
          additionalProperties: false,
          properties: {
            readOnly: { type: "boolean" },
            glyphs: { enum: ["unicode", "ascii"] },
            url: { type: "string" },
          },
        },
      },
    },
  });
});

test.each([
  [
    ["config", "token", "x"],
    "Tokens are not kept in the config file; use tokenCommand, tokenFile or tokenVariable.",
  ],
  [["config", "tokencomand", "x"], "Did you mean tokenCommand?"],
  [["config", "readOnly", "maybe"], "readOnly must be true or false; got maybe."],
  [["config", "readOnly", ""], "readOnly must be true or false"],
  [["config", "tokenFile", ""], "tokenFile must be a text"],
  [["config", "tenant", "nope"], "tenant must be the id of a tenant, a GUID, as tokens have it."],
  [["config", "tenant", "11111111-1111-1111-1111-11111111111"], "tenant must be the id of a tenant, a GUID"],
  [["config", "--unset", "nothing"], "Unknown name of a profile: nothing."],
  [["config", "nothing"], "Unknown key: nothing."],
  [["config", "url", "--schema"], "Give a KEY, --unset, --schema or --path, and only one of them."],
  [["list", "--profile", "prdo"], "Unknown profile: prdo."],
  [["config", "url", "x", "--profile", "none"], "The name none means no profile"],
  [["config", "glyphs", "ascii", "--profile", ""], "The name of a profile cannot be empty"],
  [["config", "glyphs", "ascii", "--profile", " dev"], "nor begin or end with a blank"],
])("%j ends in 2", async (args, message) => {
  await writeProfiles({ prod: {} });
  const ended = await run(args);
  expect(ended).toMatchObject({ exit: 2, stdout: "", stderr: expect.stringContaining(message) });
});

test("the first profile is made by a command that calls the program as its launcher does", async () => {
  for (const [call, program] of [
    ["npx -y pnpm@12 tui", "npx -y pnpm@12 tui"],
    ["", "install-summary"],
  ] as const) {
    const { exit, stderr } = await run(["list", "--profile", "prod"], { INSTALL_SUMMARY_PROGRAM: call });
    expect({ exit, stderr }).toEqual({
      exit: 2,
      stderr: expect.stringContaining(
        ` has no profiles; ${program} config --profile NAME url URL makes one.`,
      ),
    });
  }
});

test.each([
  [["config", "token", "eyJ.secret.x"], "Tokens are not kept in the config file"],
  [["config", "tokenVariable", "eyJ.secret.x"], "tokenVariable must be the name of a variable"],
  [
    ["config", "url", "https://ada:secret@apps.test/beta"],
    "url must be an http or https URL without a password",
  ],
  [["config", "url", "apps.test"], "that ends in /beta."],
  ...["eyJ.secret.x", '"eyJ.secret.x"', '{"token":"eyJ.secret.x"}', "secret".repeat(50)].map(
    (given): [string[], string] => [
      ["config", "tokenFile", given],
      "Write the token into a file, and give the file's path.",
    ],
  ),
  ...["Bearer eyJ.secret.x", "echo eyJ.secret.x", "printf %s 'eyJ.secret.x'"].map(
    (given): [string[], string] => [["config", "tokenCommand", given], "tokenCommand must be a command line"],
  ),
])("%j is refused, neither kept nor repeated", async (args, message) => {
  const { exit, stderr } = await run(args);
  expect(exit).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("secret");
  await expect(readFile(await configFile())).rejects.toThrow("ENOENT");
});

test("a command whose words only look like a token is kept", async () => {
  const command = "curl https://heyjude.example.com/token";
  expect(await run(["config", "tokenCommand", command])).toMatchObject({ exit: 0 });
  expect(await readFile(await configFile(), "utf8")).toContain(command);
});

test("a config file that is a link to a file elsewhere stays one", async ({ skip }) => {
  skip(process.platform === "win32", "links need rights on Windows");
  const file = await configFile();
  const elsewhere = join(fixture.folder, "dotfiles.json");
  await mkdir(dirname(file), { recursive: true });
  await writeFile(elsewhere, "{}");
  await symlink(elsewhere, file);
  await run(["config", "glyphs", "ascii"]);
  expect(await readlink(file)).toBe(elsewhere);
  expect(JSON.parse(await readFile(elsewhere, "utf8"))).toEqual({
    profiles: { default: { glyphs: "ascii" } },
  });
});

test("a value of the switch that forbids changes which is neither true nor false is refused, and config shows it", async () => {
  const { url, token } = fixture.server;
  const env = { INSTALL_SUMMARY_URL: url, INSTALL_SUMMARY_TOKEN: token, INSTALL_SUMMARY_READ_ONLY: "yes" };
  expect(await run(["set", google, "failed=1", "--yes"], env)).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining("INSTALL_SUMMARY_READ_ONLY must be true or false; got yes."),
  });
  expect(fixture.server.requests).toEqual([]);
  expect(await run(["config", "readOnly"], env)).toMatchObject({ exit: 0, stdout: "yes\n" });
});

test.each([
  ["{", "it is not JSON: Invalid JSON at line 1, column 2"],
  [
    '{"profiles":{"default":{"readOnly":true,\n"readOnly":false}}}',
    "'readOnly' is repeated at line 2, column 1",
  ],
  ["[]", "it must be a JSON object"],
  ['{"profile":{}}', "Did you mean profiles?"],
  ['{"profiles":{"default":{"urls":"x"}}}', "Did you mean url?"],
  ['{"profiles":{"default":{"readOnly":"yes"}}}', "readOnly of the profile default must be true or false"],
])("a config file of %j ends in 2 with what is wrong", async (text, message) => {
  const file = await writeConfig(text);
  for (const args of [["list"], ["config"]]) {
    const { exit, stderr } = await run(args);
    expect(exit).toBe(2);
    expect(stderr).toContain(`The config file ${file} cannot be used: `);
    expect(stderr).toContain(message);
  }
});

test.skipIf(process.platform === "win32").each([
  ["a pipe", (file: string) => promisify(execFile)("mkfifo", [file]), "it is not a file"],
  ["a device without end", (file: string) => symlink("/dev/zero", file), "it is not a file"],
  ["a folder", (file: string) => mkdir(file), "it is a folder"],
  [
    "a broken link",
    (file: string) => symlink("/nowhere/config.json", file),
    "is a link to something that is not there",
  ],
  [
    "in a folder that is a broken link",
    async (file: string) => {
      await rm(dirname(file), { recursive: true });
      await symlink("/nowhere/at/all", dirname(file));
    },
    "is a link to something that is not there",
  ],
  [
    "in a folder that is a file",
    async (file: string) => {
      await rm(dirname(file), { recursive: true });
      await writeFile(dirname(file), "");
    },
    "a file is in the way",
  ],
] as const)("a config file that is %s is not read, and the sentence says why", async (_, make, message) => {
  const file = await configFile();
  await mkdir(dirname(file), { recursive: true });
  await make(file);
  for (const args of [["list"], ["config"], ["config", "glyphs", "ascii"], ["--plain"]]) {
    const { exit, stderr } = await run(args);
    expect([args, exit]).toEqual([args, 2]);
    expect(stderr).toContain(`The config file ${file} cannot be used: `);
    expect(stderr).toContain(message);
  }
  expect(await run(["--help"])).toMatchObject({ exit: 0, stderr: "" });
});

test("with a config file that cannot be used --path and --schema still work", async () => {
  const file = await writeConfig("{");
  expect(await run(["config", "--path"])).toMatchObject({ exit: 0, stdout: `${file}\n` });
  expect(await run(["config", "--schema"])).toMatchObject({ exit: 0 });
});

test("--verbose tells each request with its id and never a token; --quiet leaves the notes out", async () => {
  const { url, token } = fixture.server;
  const env = { INSTALL_SUMMARY_URL: url, INSTALL_SUMMARY_TOKEN: token };
  const verbose = await run(["set", google, "failed=8", "--yes", "--verbose"], env);
  expect(verbose.exit).toBe(0);
  expect(verbose.stderr).not.toContain(token);
  expect(verbose.stderr).toMatch(
    /^GET http:\/\/127\.0\.0\.1:\d+\/beta\/.* {2}200 {2}\d+ ms {2}request-id [\w-]+/,
  );
  expect(verbose.stderr).toMatch(/\nPATCH http.*installSummary {2}200 {2}\d+ ms {2}request-id /);
  expect(await run(["set", google, "failed=9", "--yes", "--quiet"], env)).toMatchObject({
    exit: 0,
    stderr: "",
  });
  expect(patchesAt(fixture.server)).toHaveLength(2);
  const failed = await run(["get", "nope", "--quiet"], env);
  expect(failed).toMatchObject({ exit: 4, stderr: expect.stringContaining("No app's name contains nope.") });
});

test("the glyphs of a profile are those of its tables", async () => {
  const { url, token } = fixture.server;
  await writeProfiles({ default: { url, tokenCommand: `echo ${token}`, glyphs: "ascii" } });
  const { stdout } = await run(["set", google, "failed=8", "--dry-run"], { LANG: "C.UTF-8" });
  expect(stdout).toContain("Failed devices      16      8   -8");
});
