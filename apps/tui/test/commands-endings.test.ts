import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test, vi } from "vitest";
import {
  google,
  jsonError,
  patchesAt,
  runSignedIn,
  signedIn,
  useCommandsFixture,
} from "./commands-fixture.ts";
import { startProgram } from "./run-program.ts";
import { sampleId } from "./sample-apps.ts";

const fixture = useCommandsFixture();

test("a token command is run again when the server refuses what it printed", async () => {
  const command = `test -f ${fixture.folder}/used && echo ${fixture.server.token} || { touch ${fixture.folder}/used; echo expired; }`;
  const env = { INSTALL_SUMMARY_TOKEN: "", INSTALL_SUMMARY_TOKEN_COMMAND: command };
  expect(await runSignedIn(fixture.server, ["list"], { env })).toMatchObject({ exit: 0, stderr: "" });
  expect(fixture.server.requests.map(({ headers }) => headers.authorization)).toEqual([
    "Bearer expired",
    `Bearer ${fixture.server.token}`,
    `Bearer ${fixture.server.token}`,
  ]);
});

test("the file of a token is read again when the server refuses what it held", async () => {
  const file = `${fixture.folder}/token`;
  await writeFile(file, "expired\n");
  const env = { INSTALL_SUMMARY_TOKEN: "", INSTALL_SUMMARY_TOKEN_FILE: file };
  const refused = await runSignedIn(fixture.server, ["list"], { env });
  expect(refused.exit).toBe(3);
  expect(refused.stderr).toContain("Put a new token into the file of INSTALL_SUMMARY_TOKEN_FILE.");
  await writeFile(file, `Bearer ${fixture.server.token}\n`);
  expect(await runSignedIn(fixture.server, ["list"], { env })).toMatchObject({ exit: 0, stderr: "" });
});

test("the file of a token may be UTF-16, which Windows PowerShell writes for >; quotes and endless files are refused", async () => {
  const file = `${fixture.folder}/token`;
  const list = async (path: string) =>
    runSignedIn(fixture.server, ["list"], {
      env: { INSTALL_SUMMARY_TOKEN: "", INSTALL_SUMMARY_TOKEN_FILE: path },
    });
  await writeFile(file, `\ufeff${fixture.server.token}\r\n`, "utf16le");
  expect(await list(file)).toMatchObject({ exit: 0, stderr: "" });
  const text =
    "INSTALL_SUMMARY_TOKEN_FILE gave more than a token: a token is one line without spaces or quotes.";
  await writeFile(file, JSON.stringify(fixture.server.token));
  expect((await list(file)).stderr).toContain(text);
  // Windows has no file without an end.
  const endless = existsSync("/dev/zero") ? "/dev/zero" : file;
  expect((await list(endless)).stderr).toContain(text);
});

test("a file of a token that is not there is told by its whole path, once", async () => {
  const { folder, server } = fixture;
  for (const given of ["none", join(folder, "none")]) {
    const env = { INSTALL_SUMMARY_TOKEN: "", INSTALL_SUMMARY_TOKEN_FILE: given };
    expect(await runSignedIn(server, ["list"], { env, cwd: folder })).toMatchObject({
      exit: 3,
      stderr: `install-summary: The file of INSTALL_SUMMARY_TOKEN_FILE, ${join(folder, "none")}, cannot be read: no such file or directory.\n`,
    });
  }
});

test("a token in place of the path of its file is not repeated, whatever is around it", async () => {
  const token = "eyJhbGciOi.secret.x";
  const written = [
    `"${token}"`,
    `'${token}'`,
    `token=${token}`,
    `Bearer:${token}`,
    `{"access_token":"${token}"}`,
  ];
  for (const given of [token, ...written, join(fixture.folder, token), "secret".repeat(100)]) {
    const env = { INSTALL_SUMMARY_TOKEN: "", INSTALL_SUMMARY_TOKEN_FILE: given };
    const { exit, stderr } = await runSignedIn(fixture.server, ["list"], { env });
    expect(exit).toBe(3);
    expect(stderr).toContain("The file of INSTALL_SUMMARY_TOKEN_FILE cannot be read: ");
    expect(stderr).toContain("write that into a file, and give the file's path.");
    expect(stderr).not.toContain("secret");
  }
});

test.each([
  ["yes | head -c 3000000", "printed more than a token."],
  ["kill -9 $$", "was ended by SIGKILL."],
])("the token command %j is told with how it ended", async (command, how) => {
  const env = { INSTALL_SUMMARY_TOKEN: "", INSTALL_SUMMARY_TOKEN_COMMAND: command };
  const { exit, stderr } = await runSignedIn(fixture.server, ["list"], { env });
  expect({ exit, stderr }).toEqual({
    exit: 3,
    stderr: `install-summary: INSTALL_SUMMARY_TOKEN_COMMAND ${how}\n`,
  });
});

test("a token command that fails is told with its last words, without what looks like a token", async () => {
  const command = "echo please sign in first; echo 'had eyJhbGciOi.eyJzdWIiOi.c2lnbmF0' >&2; exit 4";
  const env = { INSTALL_SUMMARY_TOKEN: "", INSTALL_SUMMARY_TOKEN_COMMAND: command };
  expect(await runSignedIn(fixture.server, ["list"], { env })).toEqual({
    exit: 3,
    stdout: "",
    stderr: "install-summary: INSTALL_SUMMARY_TOKEN_COMMAND failed with exit code 4.\n  had (a token)\n",
  });
  expect(fixture.server.requests).toEqual([]);
});

test("a token command that does not end is ended with the program", async () => {
  const command = `touch ${fixture.folder}/started; exec sleep 600`;
  const { child, ended } = startProgram(["list"], { env: { INSTALL_SUMMARY_TOKEN_COMMAND: command } });
  await vi.waitFor(() => access(`${fixture.folder}/started`), 30_000);
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({ exit: 143 });
});

test("a bug of the program ends in 1 and shows where it is", async () => {
  const broken =
    "Object.defineProperty(Intl.Segmenter.prototype,'segment',{get(){throw new RangeError('broken')}})";
  const ended = await runSignedIn(fixture.server, ["list"], {
    env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(broken)}` },
  });
  expect(ended).toMatchObject({ exit: 1, stdout: "", stderr: expect.stringContaining("RangeError: broken") });
});

test("a command line that is wrong ends in 2 and shows where", async () => {
  expect(await runSignedIn(fixture.server, ["gett", google])).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining("Did you mean get?"),
  });
  const misspelt = await runSignedIn(fixture.server, ["set", google, "faild=3", "--output", "json"]);
  expect(misspelt.exit).toBe(2);
  expect(misspelt.stderr).toContain(
    "  set 00000000-… faild=3 --output json\n                 ^^^^^^^\n  Did you mean failed?\n",
  );
  expect(jsonError(misspelt.stderr)).toEqual({
    error: { exit: 2, code: "Usage", target: null, message: "Unknown counter: faild.", requestId: null },
  });
  expect(await runSignedIn(fixture.server, ["list", "--fliter", "x"])).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining("Did you mean --filter?"),
  });
  expect(fixture.server.requests).toEqual([]);
});

test("a name that several apps contain ends in 2 with the candidates", async () => {
  const { exit, stderr } = await runSignedIn(fixture.server, ["get", "reader d"]);
  expect(exit).toBe(0);
  expect(stderr).toBe("");
  expect(await runSignedIn(fixture.server, ["get", "adobe"])).toMatchObject({
    exit: 2,
    stdout: "",
    stderr: expect.stringContaining(
      `  ${sampleId(1)}  Adobe Reader · Android\n  ${sampleId(2)}  Adobe Reader DC · iOS\n`,
    ),
  });
});

test("without a command and a terminal it names the commands and ends in 2", async () => {
  expect(await runSignedIn(fixture.server, [])).toEqual({
    exit: 2,
    stdout: "",
    stderr:
      "install-summary: The editor needs a terminal; without one use --plain, or the commands list, get and set (see --help).\n",
  });
});

test("who is not signed in or not allowed ends in 3", async () => {
  expect(await runSignedIn(fixture.server, ["list"], { env: { INSTALL_SUMMARY_TOKEN: "" } })).toMatchObject({
    exit: 3,
    stderr: expect.stringContaining("INSTALL_SUMMARY_TOKEN_COMMAND"),
  });
  expect(
    await runSignedIn(fixture.server, ["list"], { env: { INSTALL_SUMMARY_TOKEN: "expired" } }),
  ).toMatchObject({
    exit: 3,
    stderr: expect.stringContaining("the token is expired"),
  });
  expect(await runSignedIn(fixture.server, ["set", google, "failed=1", "--read-only"])).toMatchObject({
    exit: 3,
  });
  expect(fixture.server.current(google).version).toBe(7);
});

test("read-only stops before the network", async () => {
  const { stderr } = await runSignedIn(fixture.server, [
    "set",
    google,
    "failed=1",
    "--read-only",
    "-o",
    "json",
  ]);
  expect(jsonError(stderr)).toMatchObject({ error: { exit: 3, code: "ReadOnly" } });
  expect(fixture.server.requests).toEqual([]);
});

test("an app that is not there ends in 4", async () => {
  const { exit, stderr } = await runSignedIn(fixture.server, ["get", sampleId(99), "-o", "json"]);
  expect(exit).toBe(4);
  expect(jsonError(stderr)).toMatchObject({
    error: { exit: 4, code: "ResourceNotFound", requestId: expect.any(String) },
  });
  expect(await runSignedIn(fixture.server, ["get", "nope"])).toMatchObject({ exit: 4, stdout: "" });
});

test("values that the contract refuses end in 6", async () => {
  const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed=-1", "-o", "json"]);
  expect(exit).toBe(6);
  expect(stderr).toContain("  Relative? Write failed-=1.\n");
  expect(jsonError(stderr)).toMatchObject({
    error: { exit: 6, code: "ModelValidationFailure", target: "failedDeviceCount" },
  });
  expect(
    await runSignedIn(fixture.server, ["set", google, "-"], { input: '{"failedDeviceCount":null,"x":1}' }),
  ).toMatchObject({
    exit: 6,
  });
  expect(patchesAt(fixture.server)).toEqual([]);
});

test("a server that cannot be reached or has no time ends in 7", async () => {
  fixture.server.intervene(() => ({
    status: 429,
    headers: { "retry-after": "60" },
    body: { error: { code: "TooManyRequests", message: "later" } },
  }));
  expect(await runSignedIn(fixture.server, ["list"])).toMatchObject({
    exit: 7,
    stderr: expect.stringContaining("Wait 60 s before the next try."),
  });
  await fixture.server.close();
  const ended = await runSignedIn(fixture.server, ["list"]);
  expect(ended).toMatchObject({ exit: 7, stderr: expect.stringContaining("ECONNREFUSED") });
});

test.each([
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s ends in %i", async (signal, exit) => {
  fixture.server.intervene(() => "hang");
  const { child, ended } = startProgram(["list"], { env: signedIn(fixture.server) });
  await vi.waitFor(() => expect(fixture.server.requests).toHaveLength(1), 30_000);
  child.kill(signal);
  expect(await ended).toMatchObject({
    exit,
    stdout: "",
    stderr: expect.stringMatching(/^install-summary: Stopped by/),
  });
});

const toldOfSet = [
  ["GET", "Nothing was sent."],
  ["PATCH", "Stopped while the change was on its way: it may have been applied."],
] as const;
test.each([
  ...toldOfSet.map(([method, told]) => ["SIGHUP", method, told, 129] as const),
  ...toldOfSet.map(([method, told]) => ["SIGINT", method, told, 130] as const),
])("set that gets %s while a %s has no response says what is known", async (signal, method, told, exit) => {
  fixture.server.intervene((request) => (request.method === method ? "hang" : undefined));
  const { child, ended } = startProgram(["set", google, "failed=1", "--yes"], {
    env: signedIn(fixture.server),
  });
  const sent = (): boolean => fixture.server.requests.some((request) => request.method === method);
  await vi.waitFor(() => expect(sent()).toBe(true), 30_000);
  child.kill(signal);
  expect(await ended).toMatchObject({ exit, stderr: expect.stringContaining(told) });
});

test("a reader that stops reading is not an error", async () => {
  const { child, ended } = startProgram(["list"], { env: signedIn(fixture.server) });
  child.stdout?.destroy();
  await expect(ended.catch(() => "closed")).resolves.toBe("closed");
  expect(child.exitCode ?? (await new Promise((resolve) => child.once("exit", resolve)))).toBe(0);
});

test("an import whose connection breaks says that some of it may be in", async () => {
  await writeFile(`${fixture.folder}/report.csv`, "ApplicationId\n");
  fixture.server.intervene(({ url }) => (url.startsWith("/api/imports") ? "breakBefore" : undefined));
  const ended = await runSignedIn(fixture.server, ["import", `${fixture.folder}/report.csv`, "--yes"]);
  expect(ended).toMatchObject({ exit: 7, stdout: "" });
  expect(ended.stderr).toContain("The import was on its way: some of it may be in.\n");
  fixture.server.intervene(({ url }) => (url.startsWith("/api/imports") ? { status: 403 } : undefined));
  const refused = await runSignedIn(fixture.server, ["import", `${fixture.folder}/report.csv`, "--yes"]);
  expect(refused.exit).toBe(3);
  expect(refused.stderr).not.toContain("may be in");
});

test("import tells a redirect with its target and what to do, and what a proxy wrote, as list does", async () => {
  await writeFile(`${fixture.folder}/report.csv`, "ApplicationId\n");
  const args = ["import", `${fixture.folder}/report.csv`, "--yes"];
  const location = "https://new.example/v1.0/";
  fixture.server.intervene(() => ({ status: 302, headers: { location } }));
  const moved = await runSignedIn(fixture.server, args);
  expect(moved).toMatchObject({ exit: 7, stdout: "" });
  expect(moved.stderr).toContain(
    `was redirected to ${location}. Redirects are not followed: use the final URL`,
  );
  expect(moved.stderr).not.toContain("may be in");
  const proxy = { status: 413, headers: { "content-type": "text/plain" }, body: "Body over 1 MB at gate7" };
  fixture.server.intervene(() => proxy);
  const tooLarge = await runSignedIn(fixture.server, args);
  expect(tooLarge).toMatchObject({ exit: 6, stdout: "" });
  expect(tooLarge.stderr).toContain("Body over 1 MB at gate7");
  expect(tooLarge.stderr).toContain(
    "Send less at once, or raise the limit of the server, or of a proxy before it.",
  );
});

test("import says what of its own preview was there already when it came, as where a gateway sends it twice", async () => {
  const { server, folder } = fixture;
  const report = `${folder}/report.csv`;
  await writeFile(report, "ApplicationId\n");
  const none = { created: 0, changed: 0, unchanged: 0, rejected: 0, rows: [] };
  server.intervene(({ url }) => {
    if (!url.startsWith("/api/imports")) return undefined;
    const counts = url.includes("dryRun=true") ? { changed: 1 } : { unchanged: 1 };
    return { status: 200, body: { ...none, ...counts } };
  });
  const told =
    /^1 of 1 change in the preview was there already, by another change, or by this import, sent twice on the way: .* install-summary history --profile none shows which\.$/m;
  const ended = await runSignedIn(server, ["import", report]);
  expect(ended.exit).toBe(0);
  expect(ended.stderr).toMatch(told);
  expect(ended.stderr).toMatch(/^Done: 0 created, 0 changed, 1 unchanged, 0 rejected\.\n$/m);
  // Without a preview there is nothing to compare with.
  for (const option of ["--yes", "--dry-run"]) {
    const alone = await runSignedIn(server, ["import", report, option]);
    expect(alone.exit).toBe(0);
    expect(alone.stderr).not.toMatch(told);
  }
});

test("import says why a file cannot be read, and reads a pipe to its end", async () => {
  const { server, folder } = fixture;
  const sent: string[] = [];
  server.intervene(({ url, body }) => {
    if (!url.startsWith("/api/imports")) return undefined;
    sent.push(body);
    const kept = ["1 app keeps what it had in a column that the report lacks: FailedDeviceCount."];
    return { status: 200, body: { created: 0, changed: 1, unchanged: 0, rejected: 0, rows: [], kept } };
  });
  const refused = [
    [folder, "it is a folder"],
    [`${folder}/missing.csv`, "no such file or directory"],
  ] as const;
  for (const [file, why] of refused) {
    const ended = await runSignedIn(server, ["import", file, "--dry-run"]);
    expect(ended).toMatchObject({ exit: 2, stdout: "" });
    expect(ended.stderr).toContain(`The file cannot be read: ${why}.\n  import ${file} --dry-run\n`);
  }
  const report = `ApplicationId\n${"x".repeat(200_000)}\n`;
  await promisify(execFile)("mkfifo", [`${folder}/pipe`]);
  const [ended] = await Promise.all([
    runSignedIn(server, ["import", `${folder}/pipe`, "--dry-run"]),
    writeFile(`${folder}/pipe`, report),
  ]);
  expect(ended).toMatchObject({ exit: 0, stderr: expect.stringContaining("1 app keeps what it had in") });
  expect(sent).toEqual([report]);
});

test("a token in a pipe that nobody has written yet is waited for, which is told", async ({ skip }) => {
  if (process.platform === "win32") skip("Windows has no named pipes in folders");
  const pipe = `${fixture.folder}/token-pipe`;
  await promisify(execFile)("mkfifo", [pipe]);
  const env = { ...signedIn(fixture.server), INSTALL_SUMMARY_TOKEN: "", INSTALL_SUMMARY_TOKEN_FILE: pipe };
  const { child, ended } = startProgram(["list"], { env });
  const told = new Promise<void>((resolve) => child.stderr.once("data", () => resolve()));
  await Promise.race([told, ended]);
  await writeFile(pipe, fixture.server.token);
  expect(await ended).toMatchObject({
    exit: 0,
    stderr: `Waiting for the token in the file of INSTALL_SUMMARY_TOKEN_FILE: ${pipe}\n`,
  });
});
