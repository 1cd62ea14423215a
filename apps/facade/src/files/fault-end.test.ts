import { UserError } from "@install-summary/command-line/errors";
import { expect, test } from "vitest";
import { startFault } from "./file-fault.ts";
import { DamagedFile, sqliteCodes } from "./sqlite-codes.ts";

/** How a command ends after an error at its start. */
function endAfter(error: unknown) {
  const told = startFault("The store x", error);
  return told instanceof UserError ? [told.exit, told.code] : undefined;
}

function sqliteError(errcode: number): Error {
  return Object.assign(new Error("said by SQLite"), { code: "ERR_SQLITE_ERROR", errcode });
}

function systemError(code: string, syscall = "open"): Error {
  return Object.assign(new Error(code), { code, syscall });
}

test.each([
  ["is locked", sqliteError(sqliteCodes.busy)],
  ["is locked by a recovery", sqliteError(261)],
  ["fails to read", sqliteError(266)],
  ["fails in an fsync", sqliteError(1034)],
  ["is on a full disk", sqliteError(sqliteCodes.full)],
  ["has no room for the index of its log", sqliteError(4874)],
  ["gets no lock of its disk", sqliteError(sqliteCodes.protocol)],
  ["is on a disk that reports an error", systemError("EIO", "read")],
  ["is on a full disk, as the system says it", systemError("ENOSPC")],
  ["is over its quota", systemError("EDQUOT")],
  ["is one of too many open files", systemError("EMFILE")],
  ["is on a share that has gone", systemError("ESTALE", "stat")],
  ["has a folder that cannot be synced", systemError("EINVAL", "fsync")],
])("a store that %s ends a start with 7", (_what, error) => {
  expect(endAfter(error)).toEqual([7, "ServiceUnavailable"]);
});

test.each([
  ["is damaged", new DamagedFile("the file is smaller than before")],
  ["is no database", sqliteError(sqliteCodes.notADatabase)],
  ["cannot be written", sqliteError(sqliteCodes.readOnly)],
  ["cannot be opened", sqliteError(sqliteCodes.cannotOpen)],
  ["has no rights", systemError("EACCES")],
  ["belongs to another user", systemError("EPERM")],
  ["is on a disk that is mounted to be read", systemError("EROFS")],
  ["is not there", systemError("ENOENT")],
  ["has a file in its way", systemError("ENOTDIR")],
  ["is a loop of links", systemError("ELOOP")],
  ["has too long a name", systemError("ENAMETOOLONG")],
])("a store that %s ends a start with 2", (_what, error) => {
  expect(endAfter(error)).toEqual([2, "Usage"]);
});

test("an error that is no fault of a file stays as it is", () => {
  expect(endAfter(new TypeError("a bug"))).toBeUndefined();
  expect(endAfter(new UserError("refused", { exit: 6 }))).toEqual([6, "Usage"]);
});
