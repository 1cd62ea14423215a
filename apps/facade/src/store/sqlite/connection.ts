import { accessSync, constants, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { fileErrorText, UserError } from "@install-summary/command-line/errors";
import { shuttingDown } from "../unavailable.ts";
import { createStoreFile } from "./create-store-file.ts";
import { sqliteCode, sqliteCodes, whenFree } from "./faults.ts";
import { migrate } from "./migrate.ts";
import { prepareReads, type ReadStatements } from "./read-statements.ts";
import { applicationId } from "./schema.ts";
import { prepareWrites, type WriteStatements } from "./write-statements.ts";

/** An open database with its statements. */
export interface Connection {
  readonly database: DatabaseSync;
  readonly reads: ReadStatements;
  readonly writes: WriteStatements;
  /** False once the file was moved or replaced: SQLite would go on writing into the old one. */
  inPlace(): boolean;
}

/** The one connection of a store to its file, which is opened again after the file failed. */
export interface Connector {
  /** Runs an action at once. Throws SQLite's busy error while another process holds the file. */
  now<Result>(action: (connection: Connection) => Result): Result;
  /** Runs an action as soon as no other process holds the file; the action may run again. */
  use<Result>(action: (connection: Connection) => Result): Promise<Result>;
  /** Closes the connection; the next use opens another. */
  drop(): void;
  /** Closes the connection for good. */
  close(): void;
}

/** Opens a store's file, and creates a missing one. Throws `UserError` for a file that cannot be used. */
export async function openConnector(file: string): Promise<Connector> {
  try {
    createStoreFile(file);
    let connection: Connection | undefined = await whenFree(() => connect(file));
    let isClosed = false;
    const drop = (): void => {
      connection?.database.close();
      connection = undefined;
    };
    const now: Connector["now"] = (action) => {
      if (isClosed) throw shuttingDown();
      connection ??= connect(file);
      return action(connection);
    };
    return {
      now,
      use: (action) => whenFree(() => now(action)),
      drop,
      close() {
        isClosed = true;
        drop();
      },
    };
  } catch (error) {
    throw startError(file, error);
  }
}

function connect(file: string): Connection {
  const { ino, size } = statSync(file, { bigint: true });
  // Something else cut an empty file: a new store is never empty, so lost data is not taken for a new store.
  if (size === 0n) throw new UserError(`The store ${file} is empty. Restore it from a backup.`);
  checkAccess(file);
  const database = new DatabaseSync(file, { timeout: 0, defensive: true });
  try {
    migrate(database, file);
    // Set on each open: NORMAL would lose acknowledged changes in a power cut. Checkpoints are made by a thread of
    // their own; only where it fails a commit makes one, at 64 MiB.
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;
       PRAGMA wal_autocheckpoint = 16384`,
    );
    checkWritable(database);
    const inPlace = (): boolean => statSync(file, { bigint: true, throwIfNoEntry: false })?.ino === ino;
    return { database, reads: prepareReads(database), writes: prepareWrites(database), inPlace };
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
    throw new UserError(`The store ${file} ${notWritable}.`, { cause: error });
  }
}

/** Only a write shows that the file, or its folder, cannot be written: SQLite opens it for reading without a word. */
function checkWritable(database: DatabaseSync): void {
  database.exec(`BEGIN IMMEDIATE; PRAGMA application_id = ${applicationId}`);
  database.exec("ROLLBACK");
}

function startError(file: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const why = reasons.get(sqliteCode(error));
  if (why !== undefined) return new UserError(`The store ${file} ${why}.`, { cause: error });
  if ("code" in error && "syscall" in error) {
    return new UserError(`The store ${file} cannot be opened: ${fileErrorText(error)}.`, {
      cause: error,
    });
  }
  return error;
}

const notWritable = "or its folder cannot be written";

const reasons: ReadonlyMap<number | undefined, string> = new Map([
  [sqliteCodes.busy, "is locked by another program"],
  [sqliteCodes.readOnly, notWritable],
  [sqliteCodes.io, "cannot be read or written: the disk reports an error"],
  [sqliteCodes.corrupt, "is damaged; it was left as it is, restore it from a backup"],
  [sqliteCodes.full, "cannot be written: disk full"],
  [sqliteCodes.cannotOpen, "cannot be opened"],
  [sqliteCodes.notADatabase, "is not a SQLite file, or is damaged; it was left as it is"],
]);
