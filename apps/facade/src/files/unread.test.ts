import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { DamagedFile } from "./sqlite-codes.ts";
import { unreadOr } from "./unread.ts";

function place() {
  const folder = mkdtempSync(join(tmpdir(), "install-summary-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "store.db");
  writeFileSync(file, "a store");
  return { folder, file };
}

const malformed = Object.assign(new Error("database disk image is malformed"), { errcode: 11 });

test("damage of a file that can be read is damage, and so is that of a missing one", async () => {
  const { file } = place();
  expect(await unreadOr(malformed, file)).toBe(malformed);
  writeFileSync(`${file}-wal`, "a log");
  expect(await unreadOr(malformed, file)).toBe(malformed);
  expect(await unreadOr(malformed, `${file}.missing`)).toBe(malformed);
});

test("damage of a file that cannot be read is the fault of reading it", async ({ skip }) => {
  skip(process.platform === "win32", "folders cannot be opened there");
  const { folder } = place();
  expect(await unreadOr(malformed, folder)).toMatchObject({ code: "EISDIR", syscall: "read" });
});

test("what this program has read and found wrong is damage, and all else stays what it is", async () => {
  const { folder } = place();
  for (const error of [new DamagedFile("no counters"), Object.assign(new Error("busy"), { errcode: 5 }), "x"])
    expect(await unreadOr(error, folder)).toBe(error);
});

test("a file that takes hours to read is read until a signal ends it, whose reason is given", async () => {
  const { file } = place();
  truncateSync(file, 2 ** 40);
  const stop = new AbortController();
  const reason = new Error("stopped");
  const reading = unreadOr(malformed, file, stop.signal);
  // A few chunks are read by then.
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
  stop.abort(reason);
  expect(await reading).toBe(reason);
});
