import { spawn } from "node:child_process";
import { once } from "node:events";
import { readReport, type ReportRow } from "@install-summary/core/report";
import { existsSync } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import {
  google,
  jsonError,
  patchesAt,
  runSignedIn,
  signedIn,
  useCommandsFixture,
} from "./commands-fixture.ts";
import { ownHome } from "./own-home.ts";
import { program } from "./run-program.ts";

const fixture = useCommandsFixture();
const hasFullDisk = existsSync("/dev/full");
const noFullDisk = "this system has no /dev/full";

/** Runs a command whose standard output is a full disk. */
async function runOntoFullDisk(
  ...args: readonly string[]
): Promise<{ readonly exit: unknown; readonly stderr: string }> {
  await using full = await open("/dev/full", "w");
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env["PATH"], ...ownHome, ...signedIn(fixture.server) },
    stdio: ["ignore", full.fd, "pipe"],
  });
  if (child.stderr === null) throw new Error("standard error is not a pipe");
  const [stderr, [exit]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  return { exit, stderr };
}

test("output that cannot be written ends in 1 with one sentence", async ({ skip }) => {
  skip(!hasFullDisk, noFullDisk);
  for (const args of [["list"], ["--help"], ["get", google]]) {
    expect(await runOntoFullDisk(...args)).toEqual({
      exit: 1,
      stderr: "install-summary: Standard output cannot be written: the disk is full (ENOSPC).\n",
    });
  }
});

test("a change whose result cannot be written is sent, and standard error says so", async ({ skip }) => {
  skip(!hasFullDisk, noFullDisk);
  const { exit, stderr } = await runOntoFullDisk("set", google, "failed=17", "--yes", "-o", "json");
  expect(patchesAt(fixture.server)).toHaveLength(1);
  expect(exit).toBe(1);
  expect(stderr).toMatch(/^Done: .*\ninstall-summary: Standard output cannot be written: .*\n/);
  expect(jsonError(stderr)).toMatchObject({ error: { exit: 1, code: "OutputFailed" } });
});

test("where a command fails and its output cannot be written, the last line has the exit code", async ({
  skip,
}) => {
  skip(!hasFullDisk, noFullDisk);
  const { server, folder } = fixture;
  const before = { failedDeviceCount: 16 };
  const stale = { id: google, etag: 'W/"6"', before, patch: { failedDeviceCount: 8 } };
  const plan = join(folder, "plan.json");
  await writeFile(plan, JSON.stringify({ format: 1, url: server.url, changes: [stale] }));
  const calls = [
    { args: ["apply", plan, "--yes"], exit: 5, code: "PreconditionFailed" },
    { args: ["get", "no such app"], exit: 4, code: "AppNotFound" },
    { args: ["list"], exit: 1, code: "OutputFailed" },
  ];
  for (const { args, exit, code } of calls) {
    const ended = await runOntoFullDisk(...args, "-o", "json");
    expect({ exit: ended.exit, error: jsonError(ended.stderr) }).toMatchObject({
      exit,
      error: { error: { exit, code } },
    });
  }
  expect(patchesAt(server)).toHaveLength(0);
});

test("-ojson is read like --output json, and an empty --filter= filters nothing", async () => {
  const [short, long, empty] = await Promise.all([
    runSignedIn(fixture.server, ["list", "-ojson"]),
    runSignedIn(fixture.server, ["list", "--output", "json"]),
    runSignedIn(fixture.server, ["list", "--filter=", "--output", "json"]),
  ]);
  expect(long).toMatchObject({ exit: 0, stderr: "" });
  expect(short).toEqual(long);
  expect(empty).toEqual(long);
});

test("list --output csv is a report with ETags, which is read back whole", async () => {
  const { exit, stdout } = await runSignedIn(fixture.server, ["list", "--limit", "0", "-ocsv"]);
  expect(exit).toBe(0);
  const [header] = stdout.split("\r\n");
  expect(header).toMatch(/^ApplicationId,DisplayName,Publisher,Platform,ODataType,Installed.*,ETag$/);
  const rows: ReportRow[] = [];
  for await (const row of readReport(new Blob([stdout]).stream())) rows.push(row);
  const { id: _, ...counters } = fixture.server.current(google).summary;
  expect(rows).toHaveLength(4);
  expect(rows.at(-1)).toMatchObject({
    app: { id: google, displayName: "Google 給与計算システム 2.2" },
    patch: counters,
  });
  expect(stdout).toMatch(/,"W\/""7"""\r\n/);
});

test("--query takes out of the JSON what a script wants", async () => {
  const { server } = fixture;
  const etag = await runSignedIn(server, ["get", google, "--query", "etag"]);
  expect(etag).toEqual({ exit: 0, stderr: "", stdout: 'W/"7"\n' });
  const failing = await runSignedIn(server, [
    "list",
    "--query",
    "[?failedDeviceCount > `10`].[displayName, failedDeviceCount]",
    "--output=tsv",
  ]);
  expect(failing.stdout).toBe("Adobe Reader DC\t341\nGoogle 給与計算システム 2.2\t16\n");
  const change = ["set", google, "failed=17", "--dry-run", "--query", "after.failedDeviceCount"];
  expect(await runSignedIn(server, change)).toEqual({ exit: 0, stderr: "", stdout: "17\n" });
});

test("a mistaken --query sends nothing, and one that fits no data says what was sent", async () => {
  const { server } = fixture;
  const mistaken = await runSignedIn(server, ["set", google, "failed=17", "--yes", "--query", "["]);
  expect(mistaken).toMatchObject({ exit: 2, stdout: "" });
  expect(patchesAt(server)).toHaveLength(0);
  const misfit = ["set", google, "failed=17", "--yes", "--query", "sum(id)", "--output", "ndjson"];
  const { exit, stderr } = await runSignedIn(server, misfit);
  expect({ exit, patches: patchesAt(server).length }).toEqual({ exit: 2, patches: 1 });
  expect(stderr).toMatch(/^Done: Google .* is now W\/"8"\.\ninstall-summary: --query cannot be evaluated: /);
  expect(jsonError(stderr)).toMatchObject({ error: { exit: 2, code: "InvalidQuery", target: "--query" } });
});
