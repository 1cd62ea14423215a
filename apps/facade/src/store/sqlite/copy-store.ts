import { backup, type DatabaseSync } from "node:sqlite";
import { openExistingDatabase } from "../../files/existing-database.ts";
import { isWriteFault, scratchFault, sqliteCode, sqliteCodes } from "../../files/sqlite-codes.ts";
import { syncFile } from "../../files/sync-files.ts";

/** How many pages are copied at a time. In between signals are heard. */
const pagesAtOnce = 2000;

/** What failed is the copy that was written, and not what was read. Its cause is the error. */
export class CopyFault extends Error {
  override readonly name = "CopyFault";
}

/**
 * Copies a database, as it is at one moment, into an empty file that is there already. Others go on to write: the
 * copy is read in one transaction, beside which they commit. In the end the copy is one file, without a log beside it. Throws
 * `CopyFault` where the target fails, and the error itself where the source does.
 */
export async function copyDatabase(source: DatabaseSync, target: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  // The transaction begins with the first read. Without it the copy would begin anew after each commit of others.
  source.exec("BEGIN; SELECT count(*) FROM sqlite_schema");
  try {
    await backup(source, target, { rate: pagesAtOnce, progress: () => signal.throwIfAborted() });
  } catch (error) {
    // The source is open already, so that what cannot be opened is a journal of the target.
    const isOfTarget = isWriteFault(error) || sqliteCode(error) === sqliteCodes.cannotOpen;
    throw isOfTarget ? new CopyFault("the copy cannot be written", { cause: error }) : error;
  } finally {
    source.exec("COMMIT");
  }
  try {
    using copy = openExistingDatabase(target, {});
    copy.exec("PRAGMA journal_mode = DELETE");
    copy.close();
    syncFile(target);
  } catch (error) {
    throw new CopyFault("the copy cannot be finished", { cause: scratchFault(error) });
  }
}
