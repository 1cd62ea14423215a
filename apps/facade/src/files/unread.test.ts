import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

test("damage of a file that can be read is damage, and so is that of a missing one", () => {
  const { file } = place();
  expect(unreadOr(malformed, file)).toBe(malformed);
  writeFileSync(`${file}-wal`, "a log");
  expect(unreadOr(malformed, file)).toBe(malformed);
  expect(unreadOr(malformed, `${file}.missing`)).toBe(malformed);
});

test("damage of a file that cannot be read is the fault of reading it", ({ skip }) => {
  skip(process.platform === "win32", "folders cannot be opened there");
  const { folder } = place();
  expect(unreadOr(malformed, folder)).toMatchObject({ code: "EISDIR", syscall: "read" });
});

test("what this program has read and found wrong is damage, and all else stays what it is", () => {
  const { folder } = place();
  for (const error of [new DamagedFile("no counters"), Object.assign(new Error("busy"), { errcode: 5 }), "x"])
    expect(unreadOr(error, folder)).toBe(error);
});
