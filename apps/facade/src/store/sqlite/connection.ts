import { accessSync, constants, statSync } from "node:fs";
import type { DatabaseSync, DatabaseSyncOptions } from "node:sqlite";
import { UserError } from "@install-summary/command-line/errors";
import { openExistingDatabase } from "../../files/existing-database.ts";
import { sqliteCode, sqliteCodes } from "../../files/sqlite-codes.ts";
import { checkWhole, logBytes } from "./check-whole.ts";
import { migrate } from "./migrate.ts";
import { applicationId } from "./schema.ts";
import { prepareStatements, type Statements } from "./statements.ts";
import { watchFiles, type WatchedFiles } from "./watch-files.ts";

/** An open database with its statements. */
export interface StoreConnection extends WatchedFiles, Statements {
  readonly database: DatabaseSync;
  /**
   * True where the disk had no room for the index of the write-ahead log, which is in memory then: the file can be
   * read, and no other connection can open it.
   */
  readonly isAlone: boolean;
  /** Closes it. With damage all files are left as they are; otherwise what is in the log is moved into the store first. */
  close(isDamaged: boolean): void;
}

/**
 * Connects to a store's file and checks that it is whole. With `mustWrite` one that cannot be written is refused too;
 * without it, it can be read. Throws errors of SQLite, of the system, and `UserError`.
 */
export function connect(file: string, { mustWrite }: { readonly mustWrite: boolean }): StoreConnection {
  const status = statSync(file);
  if (!status.isFile())
    throw new UserError(`The store ${file} is a folder, a pipe or a device, and not a file.`);
  // Something else cut an empty file: a new store is never empty, so lost data is not taken for a new store.
  if (status.size === 0) {
    throw new UserError(`The store ${file} is empty. Restore it from a backup.`);
  }
  if (mustWrite) checkAccess(file);
  const hasLog = logBytes(file) > 0;
  if (hasLog) checkWithLog(file);
  const { database, isAlone } = openAtAnyRate(file);
  try {
    if (!hasLog) checkWhole(database, file);
    migrate(database, file);
    // Set on each open: NORMAL would lose acknowledged changes in a power cut. Checkpoints are made by a thread of
    // their own; only where it fails a commit makes one, at 64 MiB. What is deleted is overwritten with zeros.
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
       PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 16384`,
    );
    if (mustWrite) checkWritable(database);
    const guard = isAlone ? undefined : openAndRead(file, { readOnly: true });
    return {
      database,
      isAlone,
      close: (isDamaged) => closeBoth(database, guard, isDamaged),
      ...prepareStatements(database),
      ...watchFiles(file, database),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Before SQLite opens the file: it would leave files beside it that are as read-only as the store. */
function checkAccess(file: string): void {
  try {
    accessSync(file, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new UserError(`The store ${file} or its folder cannot be written.`, { cause: error });
  }
}

/** A connection that can write would move the log into a damaged file when it is closed. */
function checkWithLog(file: string): void {
  try {
    using database = openExistingDatabase(file, { readOnly: true });
    checkWhole(database, file);
  } catch (error) {
    // On a full disk the index of the log has no room; the connection itself has another way.
    if (sqliteCode(error) !== sqliteCodes.full) throw error;
  }
}

function openAtAnyRate(file: string): Pick<StoreConnection, "database" | "isAlone"> {
  try {
    return { database: openAndRead(file, {}), isAlone: false };
  } catch (error) {
    if (sqliteCode(error) !== sqliteCodes.full) throw error;
    return { database: openAndRead(file, {}, "PRAGMA locking_mode = EXCLUSIVE;"), isAlone: true };
  }
}

/** The first read is what opens the log. */
function openAndRead(file: string, options: DatabaseSyncOptions, before = ""): DatabaseSync {
  const database = openExistingDatabase(file, options);
  try {
    database.exec(`${before} SELECT count(*) FROM sqlite_schema`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * The last connection moves the log into the file when it closes, and removes the log. A guard that may only read keeps
 * another one from being the last, and cannot do it itself.
 */
function closeBoth(database: DatabaseSync, guard: DatabaseSync | undefined, isDamaged: boolean): void {
  if (!isDamaged) guard?.close();
  database.close();
  if (isDamaged) guard?.close();
}

/** Only a write shows that the file, or its folder, cannot be written: SQLite opens it for reading without a word. */
function checkWritable(database: DatabaseSync): void {
  database.exec(`BEGIN IMMEDIATE; PRAGMA application_id = ${applicationId}`);
  database.exec("ROLLBACK");
}
