import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
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
    env: { PATH: process.env["PATH"], ...signedIn(fixture.server) },
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
