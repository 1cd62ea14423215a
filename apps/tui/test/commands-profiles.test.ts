import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { google, useCommandsFixture } from "./commands-fixture.ts";
import { startContractServer, type ContractServer } from "./contract-server.ts";
import { program, runProgram, type Ended } from "./run-program.ts";
import { sampleApp } from "./sample-apps.ts";

const fixture = useCommandsFixture();
const name = "the 'best' one";
let other: ContractServer;
let home: string;

/** What a fresh shell of this person has. */
function shell(): Readonly<Record<string, string>> {
  const call = `'${process.execPath}' '${program}'`;
  return { HOME: home, APPDATA: home, LOCALAPPDATA: home, INSTALL_SUMMARY_PROGRAM: call };
}

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return runProgram(args, { env: { ...shell(), ...env } });
}

/** What another shell has of its own: it names the other server each time. */
const shells = [
  ["a fresh shell", () => ({})],
  ["one with another server", () => ({ INSTALL_SUMMARY_URL: other.url })],
  ["one with another profile", () => ({ INSTALL_SUMMARY_PROFILE: "default" })],
  [
    "one with another of each",
    () => ({
      INSTALL_SUMMARY_URL: other.url,
      INSTALL_SUMMARY_PROFILE: "default",
      INSTALL_SUMMARY_TOKEN_TENANT: "other",
    }),
  ],
] as const;

/** Runs a shown command as it is pasted into a shell with variables of its own. */
async function paste(
  command: string,
  own: Readonly<Record<string, string>> = {},
): Promise<Pick<Ended, "exit" | "stdout" | "stderr">> {
  const env = { PATH: process.env["PATH"] ?? "", ...shell(), ...own };
  const child = spawn("/bin/sh", ["-c", command], { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("close", resolve).once("error", reject);
  });
  const [exit, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { exit, stdout, stderr };
}

/** The shown command before words that follow it on its line. */
function shownBefore(words: string, { stderr }: Ended): string {
  const line = stderr.split("\n").find((one) => one.endsWith(words)) ?? "";
  return line.slice(0, -words.length).trim();
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "install-summary-profiles-"));
  // The same app at the same version, with other values.
  other = await startContractServer({
    apps: [{ ...sampleApp(0, "Google", { failedDeviceCount: 500 }), version: 8 }],
  });
  const file = (await run(["config", "--path"])).stdout.trimEnd();
  await mkdir(dirname(file), { recursive: true });
  const profiles = {
    default: { url: other.url, tokenCommand: "echo a-token-of-the-other-server" },
    [name]: { url: fixture.server.url, tokenCommand: `echo ${fixture.server.token}` },
  };
  await writeFile(file, JSON.stringify({ profiles }));
});

afterEach(async () => {
  await other.close();
  await rm(home, { recursive: true });
});

const ways = [
  ["by --profile", ["--profile", name], () => ({}), { exit: 0, failed: 16 }],
  ["by its variable", [], () => ({ INSTALL_SUMMARY_PROFILE: name }), { exit: 0, failed: 16 }],
  [
    "by nothing, and variables have the server and the token,",
    [],
    () => ({ INSTALL_SUMMARY_URL: fixture.server.url, INSTALL_SUMMARY_TOKEN: fixture.server.token }),
    // The token of the default profile is not sent in place of that one.
    { exit: 3, failed: 8 },
  ],
] as const;

test.each(
  ways.flatMap(([chosen, args, env, end]) =>
    shells.map(([into, own]) => ({ chosen, into, args, env, own, ...end })),
  ),
)(
  "where a profile is chosen $chosen the command that undoes is for its server in $into",
  async ({ args, env, own, exit, failed }) => {
    fixture.server.intervene(({ method, url }) =>
      method === "PATCH"
        ? "breakAfter"
        : url.includes("/api/changes")
          ? { status: 404, body: {} }
          : undefined,
    );
    const { stderr } = await run(["set", google, "failed=8", "--yes", ...args], env());
    expect(fixture.server.current(google)).toMatchObject({ summary: { failedDeviceCount: 8 } });
    const command = stderr.split("\n").find((line) => line.includes(" set ")) ?? "";
    fixture.server.intervene(() => undefined);
    const pasted = await paste(`${command} --yes`, own());
    expect(pasted).toMatchObject({ exit });
    // What the command says itself is not told to come before the profile, which says the same.
    expect(pasted.stderr).not.toContain("comes before the profile");
    expect(fixture.server.current(google)).toMatchObject({ summary: { failedDeviceCount: failed } });
    expect(other.requests).toEqual([]);
  },
);

test.each(ways.filter(([, , , { exit }]) => exit === 0))(
  "where a profile is chosen %s the commands that look are for its server",
  async (_, args, env) => {
    const refused = await run(["set", google, "failed=8", "--if-match", "99", ...args], env());
    expect(await paste(shownBefore(" shows the values that are there now.", refused))).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('W/"7"'),
    });
    const unknown = await run(["get", "no such app", ...args], env());
    const found = shownBefore(" finds apps by words of their name or publisher.", unknown);
    expect(await paste(found.replace("TEXT", "Reader"))).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining("Adobe Reader DC"),
    });
    fixture.server.intervene(({ url }) =>
      url.includes("/api/changes") ? { status: 200, body: { value: [] } } : undefined,
    );
    const missing = await run(["undo", google, "99", "--yes", ...args], env());
    const history = shownBefore(" shows what it has.", missing);
    expect(history).toContain(` history ${google} `);
    expect(await paste(history)).toMatchObject({ exit: 0, stdout: expect.stringContaining("When") });
    expect(other.requests).toEqual([]);
  },
);
