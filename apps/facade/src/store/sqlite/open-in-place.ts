import type { DatabaseSync, DatabaseSyncOptions } from "node:sqlite";
import { isImmutable, openExistingDatabase } from "../../files/existing-database.ts";
import { checkPlace, type FilePlace } from "./watch-files.ts";

/** How a store is opened, beside SQLite's own options. */
export interface OpenOptions extends DatabaseSyncOptions {
  readonly immutable?: boolean;
  /** What is done before the first read. */
  readonly before?: string;
}

/**
 * Opens a store's file and reads it, which opens its log. A name may lead elsewhere at any moment, so it is only known afterwards
 * that this is what was found at a place, with the log that it had. Throws `OpenElsewhere` otherwise, and then has written nothing.
 */
export function openInPlace(
  file: string,
  place: FilePlace,
  { immutable = false, before = "", ...options }: OpenOptions = {},
): DatabaseSync {
  const database = openExistingDatabase(file, options, { immutable });
  try {
    // Where the name leads elsewhere already, no log is made there.
    checkPlace(file, place);
    database.exec(`${before} SELECT count(*) FROM sqlite_schema`);
    checkPlace(file, place);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** How a store is opened that is only read. */
export type ReadOptions = Pick<OpenOptions, "before" | "timeout">;

/**
 * The same for a store that is only read, and that others may write meanwhile. In a folder that cannot be written SQLite cannot make
 * the index of a log, so that a store without a log is read there as what nothing changes.
 */
export function openToRead(file: string, place: FilePlace, options: ReadOptions): DatabaseSync {
  return openInPlace(file, place, { readOnly: true, immutable: isImmutable(file), ...options });
}
