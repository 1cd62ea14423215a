import { UserError } from "@install-summary/command-line/errors";
import { accessSync, constants } from "node:fs";
import { openExistingDatabase } from "../../files/existing-database.ts";
import { faultEnd } from "../../files/fault-end.ts";
import { hasContent, isThere, realPath } from "../../files/look.ts";
import { refuseOtherNames } from "../../files/refuse-other-names.ts";
import { sqliteCode, sqliteCodes } from "../../files/sqlite-codes.ts";
import { whenFree } from "../../files/when-free.ts";
import { logBytes, logOf } from "./check-whole.ts";

/**
 * Throws `UserError` while another program has a store open with a log elsewhere, as after the file was moved while it was
 * served: what this log has is not in the file yet, and both would write over each other. The lock of the file itself shows
 * it, whatever names lead there: who has the log beside the file has its index there as well. A signal ends the waiting for a
 * lock with its reason.
 */
export async function refuseOtherLog(file: string, signal?: AbortSignal): Promise<void> {
  try {
    await whenFree(
      () => {
        if (mayOpenToWrite(file) && !hasIndexedLog(file)) lockAlone(file);
      },
      { signal },
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof UserError) throw error;
    // Who opens the store afterwards finds all else, and has the words for it.
    if (sqliteCode(error) !== sqliteCodes.busy) return;
    throw new UserError(
      `The store ${file} is locked by another program, or is open in one that knows it by another name, as after it was moved while it was served. Stop that program first.`,
      { ...faultEnd(error), cause: error },
    );
  }
}

/**
 * Removes what SQLite leaves beside a store that was only read: an empty log and its index, which would look like those of a program
 * that has the store open by this name. The last connection that can write does it, so nothing is removed that others use.
 */
export function removeEmptyLog(file: string): void {
  try {
    if (!mayOpenToWrite(file)) return;
    using database = openExistingDatabase(file, {});
    database.exec("SELECT count(*) FROM sqlite_schema");
  } catch {
    // They are left where the disk or another program does not let them go. What was read, or ended it, is told all the same.
  }
}

/**
 * A connection that can write would move a log or a journal that is there into the file, which may be damaged; of a file that cannot
 * be written SQLite makes one that only reads, and leaves a log beside it.
 */
function mayOpenToWrite(file: string): boolean {
  return (
    hasContent(file) && logBytes(file) === 0 && !hasContent(`${realPath(file)}-journal`) && canWrite(file)
  );
}

function canWrite(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Who has a log beside the file has both; an index alone is left over. */
function hasIndexedLog(file: string): boolean {
  return isThere(`${realPath(file)}-shm`) && isThere(logOf(file));
}

/** Reads with a log of its own, for which SQLite locks the whole file. */
function lockAlone(file: string): void {
  using database = openExistingDatabase(file, {});
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; SELECT count(*) FROM sqlite_schema");
  } catch (error) {
    // It stays refused, however long it is waited for.
    if (sqliteCode(error) === sqliteCodes.busy) refuseOtherNames(file);
    throw error;
  }
}
