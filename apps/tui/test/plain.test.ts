import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Intervention } from "./contract-server.ts";
import { keys, useEditorFixture } from "./editor-fixture.ts";
import { program, runProgram, type Ended } from "./run-program.ts";
import { sampleId } from "./sample-apps.ts";

const fixture = useEditorFixture();
const google = sampleId(0);
let home = "";

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "install-summary-plain-"));
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

function env(): Record<string, string> {
  const { url, token } = fixture.server;
  return {
    LANG: "C.UTF-8",
    HOME: home,
    XDG_DATA_HOME: join(home, "data"),
    INSTALL_SUMMARY_URL: url,
    INSTALL_SUMMARY_TOKEN: token,
  };
}

function talk(...lines: readonly string[]): Promise<Ended> {
  return talkIn("C.UTF-8", ...lines);
}

function talkIn(locale: string, ...lines: readonly string[]): Promise<Ended> {
  const input = lines.map((line) => `${line}\n`).join("");
  return runProgram(["--plain"], { env: { ...env(), LANG: locale }, input });
}

function patches(): readonly unknown[] {
  return fixture.server.requests.filter(({ method }) => method === "PATCH");
}

test("a pipe of lines finds, edits, reviews, sends and takes back, each line after what the one before asked for", async () => {
  const { stdout, exit, stderr } = await talk("給与", "failed 8", "send", "yes", "undo", "send", "yes");
  expect(stderr).toBe("");
  expect(stdout).toContain("Staged: failed devices 341 to 8, minus 333. 1 edit staged.");
  expect(stdout).toMatch(
    /Sent\. Version 2\. Nothing staged\.\n[^]*8 to 341\.[^]*Sent\. Version 3\. Nothing staged\./,
  );
  expect(stdout).toMatch(/Nothing staged\. Goodbye\.\n$/);
  expect(exit).toBe(0);
  expect(patches()).toHaveLength(2);
  const { stdout: now } = await runProgram(["get", google, "--query", "summary.failedDeviceCount"], {
    env: env(),
  });
  expect(now).toBe("341\n");
});

test("without UTF-8 what is said is said in the same words, in ASCII", async () => {
  const lines = ["給与", "failed 8", "failed -9999", "undo", "back", "x", "find nope", "quit"];
  const [{ stdout: unicode }, { stdout: ascii }] = [await talk(...lines), await talkIn("C", ...lines)];
  expect(ascii).toMatch(/^[\u0020-\u007e\n]*$/);
  expect(ascii).toMatch(/Staged: failed devices [\d,]+ to 8, (?:minus|plus) \d/);
  expect(ascii).toContain("minus 9,999 is below 0.");
  expect(ascii).toContain("Choose an app first");
  const ours = unicode.split("\n").filter((row) => /^[\u0020-\u007e]*$/.test(row));
  expect(ascii.split("\n")).toEqual(expect.arrayContaining(ours));
});

test("what is staged when the input ends is a draft, which the next start offers and brings back", async () => {
  const first = await talk("給与", "failed 8");
  expect(first.exit).toBe(0);
  expect(first.stdout).toContain("1 draft is kept on this computer");
  expect(patches()).toEqual([]);
  const second = await talk("enter", "review");
  expect(second.stdout).toMatch(/1 draft is staged again/);
  expect(second.stdout).toContain("1. failed devices 341 to 8.");
});

/** What the server does with the requests of the list, the first ones first; all others pass. */
function listResponds(...interventions: readonly Intervention[]): void {
  const left = [...interventions];
  fixture.server.intervene(({ url }) => (url.includes("/mobileApps?") ? left.shift() : undefined));
}

test("a pipe waits for a list whose reading fails at first, and says so", async () => {
  listResponds({ status: 502 });
  const { stdout, exit } = await talk("給与", "failed 8", "send", "yes");
  expect(stdout).toMatch(
    /^The server failed \(502\): .*\nTrying again in \d s \(2 of 5\)\.\nInstall Summary, .* 13 apps\./,
  );
  expect(stdout).toContain("Sent. Version 2. Nothing staged.");
  expect(exit).toBe(0);
});

test("a list that cannot be read is not called empty: each line says so, and the pipe ends as a command does", async () => {
  listResponds({ status: 403 }, { status: 404 });
  const { stdout, exit } = await talk("google", "failed 8", "again", "help", "review");
  expect(stdout).toContain(new URL(fixture.server.url).host);
  expect(stdout.match(/^The list could not be read\. again tries once more\.$/gm)).toHaveLength(3);
  expect(stdout).toMatch(/Not allowed \(403\)[^]*Not found \(404\)/);
  expect(stdout).not.toMatch(/has no apps|No app is open/);
  expect(exit).toBe(7);
  listResponds({ status: 403 });
  expect(await talk("google")).toMatchObject({ exit: 3 });
});

test("on a terminal each further failure is said, and that the list is there", async () => {
  listResponds({ status: 502 }, { status: 502 });
  const terminal = fixture.start({
    args: [program, "--plain"],
    env: { ...env(), PATH: process.env["PATH"] ?? "" },
    columns: 120,
  });
  await terminal.shows("(2 of 5).");
  terminal.type("給与\r");
  await terminal.shows("The list is not read yet. It is tried again by itself.");
  await terminal.shows("(3 of 5).");
  await terminal.shows(/\n13 apps\. Type a name, or help\.\n> *$/);
  terminal.type("給与\r");
  await terminal.shows("failed 341,");
  terminal.type("quit\r");
  expect(await terminal.ended).toMatchObject({ exitCode: 0 });
});

test("it ends once the reader of its output has gone, though the input goes on", async ({ skip }) => {
  skip(!existsSync("/bin/sh"), "/bin/sh is not installed");
  const script = `{ yes list | '${process.execPath}' '${program}' --plain; echo "ended with $?" >&2; } | head -n 1`;
  const { stdout, stderr } = await promisify(execFile)("/bin/sh", ["-c", script], {
    env: { ...env(), PATH: process.env["PATH"] },
  });
  expect(stdout).toContain("13 apps");
  expect(stderr).toBe("ended with 0\n");
});

test("names cannot reach the terminal with what they hide, and no escape sequence is written", async () => {
  const { stdout } = await talk("list", "more", "failed", "9");
  expect(stdout).toContain("Evil␛[2J␛[31m App 1.0");
  expect(stdout.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
});

test("SIGTERM ends it with 143, and says which drafts are kept", async () => {
  const terminal = fixture.start({
    args: [program, "--plain"],
    env: { ...env(), PATH: process.env["PATH"] ?? "" },
  });
  await terminal.shows("13 apps");
  terminal.type("給与\rfailed 8\r");
  await terminal.shows("1 edit staged.");
  terminal.signal("SIGTERM");
  expect(await terminal.ended).toMatchObject({ exitCode: 143 });
  expect(terminal.screen()).toContain("1 draft is kept on this computer");
});

test("a terminal that is dumb has lines by itself, without moving the cursor", async ({ skip }) => {
  skip(!existsSync("/bin/sh"), "/bin/sh is not installed");
  const terminal = fixture.start({
    command: "/bin/sh",
    args: ["-c", `TERM=dumb exec '${process.execPath}' '${program}'`],
    env: { ...env(), PATH: process.env["PATH"] ?? "" },
    columns: 120,
  });
  await terminal.shows(/13 apps\. Type a name, or help\.\n> *$/);
  terminal.type("給与\r");
  await terminal.shows("failed 341,");
  terminal.type("failed +1\r");
  await terminal.shows("Staged: failed devices 341 to 342, plus 1. 1 edit staged.");
  terminal.type("send\r");
  await terminal.shows(/Send 1 change to 1 app on 127\.0\.0\.1:\d+\? Type yes\./);
  terminal.type("yes\r");
  await terminal.shows("Sent. Version 2. Nothing staged.");
  terminal.type("quit\r");
  expect(await terminal.ended).toMatchObject({ exitCode: 0 });
  expect(terminal.written()).not.toContain("\u001b");
});

test("what was typed before a question was there does not reply to it: nothing is sent or dropped unseen", async () => {
  const terminal = fixture.start({
    args: [program, "--plain"],
    env: { ...env(), PATH: process.env["PATH"] ?? "" },
    columns: 120,
  });
  await terminal.shows("13 apps");
  terminal.type("給与\rfailed 8\rsend\ryes\rlist\r");
  await terminal.shows(/Dropped: 2 lines typed before this was asked\.\n[^]*Type yes\.\n> *$/);
  terminal.type("back\r");
  await terminal.shows(/Nothing was sent\.\n> *$/);
  terminal.type("back\r");
  await terminal.shows(/Users: [^]*\n> *$/);
  terminal.type("drop\ryes\r");
  await terminal.shows(/Dropped: 1 line typed before this was asked\.\n[^]*Type yes or no\.\n> *$/);
  terminal.type("no\r");
  terminal.type("send\r");
  await terminal.shows(/Send 1 change to 1 app on 127\.0\.0\.1:\d+\? Type yes\.\n> *$/);
  expect(patches()).toEqual([]);
  terminal.type("yes\r");
  await terminal.shows("Sent. Version 2. Nothing staged.");
  terminal.type("quit\r");
  expect(await terminal.ended).toMatchObject({ exitCode: 0 });
});

test("a pipe hears of each line, and a question that another line closes is told", async () => {
  const { stdout, exit } = await talk("給与", "failed 8", "review", "review", "send", "review", "yes");
  expect(stdout.match(/^Type send, drop 1, json, or back\.$/gm)).toHaveLength(3);
  expect(stdout).toMatch(
    /Type yes\.\nNothing was sent\.\n[^]*\nNothing was asked\. send asks whether to send\.\n/,
  );
  expect(exit).toBe(0);
  expect(patches()).toEqual([]);
});

test("Ctrl-Z stops it as any other program, and fg goes on where it was", async ({ skip }) => {
  skip(!existsSync("/bin/bash"), "bash, whose job control it needs, is not installed");
  const shell = fixture.start({
    command: "/bin/bash",
    args: ["--norc", "-i"],
    env: { ...env(), PATH: process.env["PATH"] ?? "", PS1: "shell> " },
  });
  shell.type(`'${process.execPath}' '${program}' --plain\r`);
  await shell.shows("13 apps");
  shell.type("給与\r");
  await shell.shows("failed 341,");
  shell.type(keys.ctrlZ);
  await shell.shows(/Stopped[^]*\nshell> *$/);
  shell.type("fg\r");
  await shell.shows(/shell> fg\n[^]*> *$/);
  shell.type("failed 8\r");
  await shell.shows("Staged: failed devices 341 to 8");
  shell.type(keys.ctrlC);
  await shell.shows("1 draft is kept on this computer");
  shell.type("exit\r");
  expect(await shell.ended).toMatchObject({ exitCode: 130 });
});
