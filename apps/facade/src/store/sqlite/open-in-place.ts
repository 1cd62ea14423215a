import type { DatabaseSync, DatabaseSyncOptions } from "node:sqlite";
import { isImmutable, openExistingDatabase } from "../../files/existing-database.ts";
import { checkPlace, findPlace, type FilePlace } from "./watch-files.ts";

/** How a store is opened, beside SQLite's own options. */
interface OpenOptions extends DatabaseSyncOptions {
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
interface ReadOptions {
  /** Where it was found; where it is now by default. */
  readonly place?: FilePlace | undefined;
  /** Milliseconds for which SQLite waits for other programs, in which no signal is heard. */
  readonly timeout?: number;
}

/**
 * The same for a store that is only read, and that others may write meanwhile. In a folder that cannot be written SQLite cannot make
 * the index of a log, so that a store without a log is read there as what nothing changes.
 */
export function openToRead(
  file: string,
  { place = findPlace(file), timeout = 5000 }: ReadOptions = {},
): DatabaseSync {
  return openInPlace(file, place, { readOnly: true, timeout, immutable: isImmutable(file) });
}
