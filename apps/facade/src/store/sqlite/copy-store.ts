import { backup, type DatabaseSync } from "node:sqlite";
import { openExistingDatabase } from "../../files/existing-database.ts";
import { syncFile } from "../../files/sync-files.ts";

/** How many pages are copied at a time. In between signals are heard. */
const pagesAtOnce = 2000;

/**
 * Copies a database, as it is at one moment, into an empty file that is there already. Others go on to write: the
 * copy is read in one transaction, beside which they commit. In the end the copy is one file, without a log beside it.
 */
export async function copyDatabase(source: DatabaseSync, target: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  // The transaction begins with the first read. Without it the copy would begin anew after each commit of others.
  source.exec("BEGIN; SELECT count(*) FROM sqlite_schema");
  try {
    await backup(source, target, { rate: pagesAtOnce, progress: () => signal.throwIfAborted() });
  } finally {
    source.exec("COMMIT");
  }
  using copy = openExistingDatabase(target, {});
  copy.exec("PRAGMA journal_mode = DELETE");
  copy.close();
  syncFile(target);
}
