import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { refuseTextTarget } from "./refuse-text-target.ts";

const own = { stores: [], folders: [], others: [] };

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "install-summary-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  using database = new DatabaseSync(join(folder, "any.db"));
  database.exec("CREATE TABLE one (id)");
  symlinkSync("any.db", join(folder, "link"));
  symlinkSync("missing", join(folder, "broken"));
  return folder;
}

test.each([
  ["any.db", "is a database"],
  ["link", "is a database"],
  ["any.db-wal", "belongs to the database FOLDER/any.db"],
  ["any.db-shm", "belongs to the database FOLDER/any.db"],
  ["any.db-journal", "belongs to the database FOLDER/any.db"],
  ["any.db-lock", "belongs to the database FOLDER/any.db"],
  ["broken", "is a broken link"],
])("%s is not written over", (name, why) => {
  const folder = makeFolder();
  const told = `The file ${join(folder, name)} ${why.replace("FOLDER", folder)}. Name another file.`;
  expect(() => refuseTextTarget(join(folder, name), own)).toThrow(told);
});

test("what the facade has is its own before it is a database", () => {
  const path = join(makeFolder(), "any.db");
  expect(() => refuseTextTarget(path, { ...own, stores: [path] })).toThrow("belongs to the store itself");
});

test("a report, an empty file, a file that is short or missing, and a device can be written", () => {
  const folder = makeFolder();
  writeFileSync(join(folder, "report.csv"), "ApplicationId,DisplayName\n");
  writeFileSync(join(folder, "empty"), "");
  writeFileSync(join(folder, "short"), "SQLite");
  mkdirSync(join(folder, "sub"));
  for (const name of ["report.csv", "empty", "short", "new.csv", "sub/new-wal", "none/new.csv"]) {
    expect(() => refuseTextTarget(join(folder, name), own)).not.toThrow();
  }
  expect(() => refuseTextTarget("/dev/null", own)).not.toThrow();
});

test.skipIf(process.platform === "win32")("a pipe is not waited for", () => {
  const path = join(makeFolder(), "pipe");
  execFileSync("mkfifo", [path]);
  expect(() => refuseTextTarget(path, own)).not.toThrow();
});
