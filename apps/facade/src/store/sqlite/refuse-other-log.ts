import { UserError } from "@install-summary/command-line/errors";
import { openExistingDatabase } from "../../files/existing-database.ts";
import { faultEnd } from "../../files/fault-end.ts";
import { hasContent, isThere, realPath } from "../../files/look.ts";
import { refuseOtherNames } from "../../files/refuse-other-names.ts";
import { sqliteCode, sqliteCodes } from "../../files/sqlite-codes.ts";
import { whenFree } from "../../files/when-free.ts";
import { logBytes } from "./check-whole.ts";

/**
 * Throws `UserError` while another program has a store open with a log elsewhere, as after the file was moved while it was
 * served: what this log has is not in the file yet, and both would write over each other. The lock of the file itself shows
 * it, whatever names lead there: who has the log beside the file has its index there as well.
 */
export async function refuseOtherLog(file: string): Promise<void> {
  try {
    await whenFree(() => {
      // A connection that can write would move a log that is there into the file, which may be damaged.
      if (hasContent(file) && !isThere(`${realPath(file)}-shm`) && logBytes(file) === 0) lockAlone(file);
    });
  } catch (error) {
    if (error instanceof UserError) throw error;
    // Who opens the store afterwards finds all else, and has the words for it.
    if (sqliteCode(error) !== sqliteCodes.busy) return;
    throw new UserError(
      `The store ${file} is locked by another program, or is open in one that knows it by another name, as after it was moved while it was served. Stop that program first.`,
      { ...faultEnd(error), cause: error },
    );
  }
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
