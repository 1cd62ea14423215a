import { accessSync, constants, statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { UserError } from "@install-summary/command-line/errors";
import { isPassing } from "../../files/fault-end.ts";
import { describeOwner } from "../../files/owner.ts";
import { sqliteCode, sqliteCodes } from "../../files/sqlite-codes.ts";
import { checkWhole, logBytes } from "./check-whole.ts";
import { checkSchema, migrate } from "./migrate.ts";
import { proveLog } from "./prove-log.ts";
import { applicationId } from "./schema.ts";
import { openInPlace } from "./open-in-place.ts";
import { prepareStatements, type Statements } from "./statements.ts";
import { watchFiles, type FilePlace, type WatchedFiles } from "./watch-files.ts";

/** An open database with its statements. */
export interface StoreConnection extends WatchedFiles, Statements {
  readonly database: DatabaseSync;
  /**
   * True where the disk had no room for the index of the write-ahead log, which is in memory then: the file can be
   * read, and no other connection can open it.
   */
  readonly isAlone: boolean;
  /**
   * A second connection, which only reads. While it is open SQLite keeps its index of the log, which has exactly the
   * commits that reached the disk. Undefined where no other connection can be opened.
   */
  readonly guard: DatabaseSync | undefined;
}

/** How a store's file is connected to. */
export interface ConnectOptions {
  /** Where it was found. */
  readonly place: FilePlace;
  /** Whether a file that cannot be written is refused; otherwise it can be read. */
  readonly mustWrite: boolean;
  /** Whether the log may have commits that are not on the disk. It is written anew, and refused where that fails. */
  readonly mustProve: boolean;
  /** Whether it is known that the disk does not give some of its pages. @default false */
  readonly lacksPages?: boolean;
  /** The guard of the connection before. */
  readonly guard: DatabaseSync | undefined;
}

/** Where a file was found, and whether its pages can be read to check it. */
export type PlaceToCheck = Pick<ConnectOptions, "place" | "lacksPages">;

/** Connects to a store's file and checks that it is whole. Throws errors of SQLite, of the system, and `UserError`. */
export function connect(
  file: string,
  { place, mustWrite, mustProve, lacksPages = false, guard }: ConnectOptions,
): StoreConnection {
  // Something else cut an empty file: a new store is never empty, so lost data is not taken for a new store.
  if (statSync(file).size === 0) {
    throw new UserError(`The store ${file} is empty. Restore it from a backup.`);
  }
  if (mustWrite) checkAccess(file);
  const hasLog = logBytes(file) > 0;
  if (hasLog) checkWithLog(file, { place, lacksPages });
  const { database, isAlone } = openAtAnyRate(file, place);
  try {
    if (!hasLog) checkWhole(database, file, { lacksPages });
    checkSchema(database, file);
    if (hasLog && mustProve) proveLog(database, file);
    migrate(database, file);
    // Set on each open: NORMAL would lose acknowledged changes in a power cut. Checkpoints are made by a thread of
    // their own; only where it fails a commit makes one, at 64 MiB. What is deleted is overwritten with zeros.
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
       PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 16384`,
    );
    if (mustWrite) checkWritable(database);
    return {
      database,
      isAlone,
      ...prepareStatements(database),
      ...watchFiles(file, database, place),
      guard: guard ?? (isAlone ? undefined : openInPlace(file, place, { readOnly: true })),
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
    if (isPassing(error)) throw error;
    const owner = describeOwner(file);
    const told = `The store ${file} or its folder cannot be written.`;
    throw new UserError(owner === undefined ? told : `${told} ${owner}`, { cause: error });
  }
}

/** A connection that can write would move the log into a damaged file when it is closed. */
function checkWithLog(file: string, { place, lacksPages }: PlaceToCheck): void {
  try {
    using database = openInPlace(file, place, { readOnly: true });
    checkWhole(database, file, { lacksPages });
  } catch (error) {
    // On a full disk the index of the log has no room; the connection itself has another way.
    if (sqliteCode(error) !== sqliteCodes.full) throw error;
  }
}

function openAtAnyRate(file: string, place: FilePlace): Pick<StoreConnection, "database" | "isAlone"> {
  try {
    return { database: openInPlace(file, place), isAlone: false };
  } catch (error) {
    if (sqliteCode(error) !== sqliteCodes.full) throw error;
    const database = openInPlace(file, place, { before: "PRAGMA locking_mode = EXCLUSIVE;" });
    return { database, isAlone: true };
  }
}

/** Only a write shows that the file, or its folder, cannot be written: SQLite opens it for reading without a word. */
function checkWritable(database: DatabaseSync): void {
  database.exec(`BEGIN IMMEDIATE; PRAGMA application_id = ${applicationId}`);
  database.exec("ROLLBACK");
}
