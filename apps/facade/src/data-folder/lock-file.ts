import { accessSync, constants, statSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { startFault } from "../files/file-fault.ts";
import { identifyFile, isSameFile } from "../files/file-identity.ts";
import { openExistingDatabase } from "../files/existing-database.ts";
import { isThere, look } from "../files/look.ts";
import { createOwned } from "../files/owner.ts";
import { sqliteCode, sqliteCodes } from "../files/sqlite-codes.ts";
import { whenFree } from "../files/when-free.ts";

/** A lock that one process has. The kernel frees it however the process ends, so none is ever left over. */
export interface Lock {
  /**
   * Takes the lock again where its file was removed. Throws `UserError` once the folder was moved or another has the
   * lock; a disk that fails for a while is left to others.
   */
  renew(): void;
  release(): void;
}

/**
 * Takes the lock of an empty file, which is made where it is missing. Throws what `taken` makes where another has
 * the lock, in this process or in another one, and otherwise `UserError`.
 */
export async function lockFile(file: string, taken: () => Error): Promise<Lock> {
  const folder = look(dirname(file), identifyFile);
  // Two that start at once may both be refused; a moment later one of them is not.
  let held = await whenFree(() => take(file), { patience: 250 }).catch((error: unknown) => {
    throw lockFault(error, file, taken);
  });
  let identity = look(file, identifyFile);
  return {
    renew() {
      try {
        if (!isSameFile(identifyFile(dirname(file)), folder)) throw folderMoved(dirname(file));
        if (isSameFile(identifyFile(file), identity)) return;
        const next = take(file);
        held.close();
        held = next;
        identity = identifyFile(file);
      } catch (error) {
        if (sqliteCode(error) === sqliteCodes.busy) throw lockFault(error, file, taken);
        if (error instanceof UserError) throw error;
      }
    },
    release: () => held.close(),
  };
}

/**
 * Whether a process has the lock of a file, which is only read: a disk that became read-only has one as well. Throws
 * `UserError` for a file that is not a lock.
 */
export function isLocked(file: string): boolean {
  if (!isThere(file)) return false;
  try {
    checkLockFile(file, constants.R_OK);
    using database = openExistingDatabase(file, { readOnly: true });
    database.exec("SELECT count(*) FROM sqlite_schema");
    return false;
  } catch (error) {
    if (sqliteCode(error) === sqliteCodes.busy) return true;
    throw startFault(`The lock file ${file}`, error, file);
  }
}

/** An open transaction on an empty database, whose journal in memory needs no room on the disk. */
function take(file: string): DatabaseSync {
  createLockFile(file);
  checkLockFile(file, constants.R_OK | constants.W_OK);
  const database = openExistingDatabase(file, {});
  try {
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function checkLockFile(file: string, access: number): void {
  const found = statSync(file);
  if (!found.isFile() || found.size > 0) {
    throw new UserError(`The file ${file} is not a lock: a lock is an empty file. Move it aside.`);
  }
  accessSync(file, access);
}

/** Never opens a file that is there: any close of it would free the lock that this process may have. */
function createLockFile(file: string): void {
  try {
    createOwned(file, 0o600, dirname(file));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}

function folderMoved(folder: string): UserError {
  return new UserError(`The folder ${folder} was moved or replaced while it was served.`, {
    exit: exitCodes.unavailable,
    code: "ServiceUnavailable",
  });
}

function lockFault(error: unknown, file: string, taken: () => Error): unknown {
  return sqliteCode(error) === sqliteCodes.busy ? taken() : startFault(`The lock file ${file}`, error, file);
}
