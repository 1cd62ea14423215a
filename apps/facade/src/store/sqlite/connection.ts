import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { fileErrorText, UserError } from "@install-summary/command-line/errors";
import { createStoreFile } from "./create-store-file.ts";
import { shuttingDown, sqliteCode, sqliteCodes, whenFree } from "./faults.ts";
import { migrate } from "./migrate.ts";
import { applicationId } from "./schema.ts";
import { prepareStatements, type Statements } from "./statements.ts";

/** An open database with its statements. */
export interface Connection {
  readonly database: DatabaseSync;
  readonly statements: Statements;
  /** Whether its file still has its name: SQLite would go on writing into one that was moved or replaced. */
  inPlace(): boolean;
}

/** The one connection of a store, which is made anew after the file failed. */
export interface Connector {
  /** Runs an action as soon as no other process holds the file; the action may run again. */
  use<Result>(action: (connection: Connection) => Result): Promise<Result>;
  /** Closes the connection; the next use opens another. */
  drop(): void;
  /** Closes the connection for good. */
  close(): void;
}

/** Opens a store's file, which is created whole when there is none. Throws `UserError` where it is no use. */
export async function openConnector(file: string): Promise<Connector> {
  try {
    createStoreFile(file);
    let connection: Connection | undefined = await whenFree(() => connect(file));
    let closed = false;
    const drop = (): void => {
      connection?.database.close();
      connection = undefined;
    };
    return {
      use(action) {
        return whenFree(() => {
          if (closed) throw shuttingDown();
          connection ??= connect(file);
          return action(connection);
        });
      },
      drop,
      close() {
        closed = true;
        drop();
      },
    };
  } catch (error) {
    throw startError(file, error);
  }
}

function connect(file: string): Connection {
  const { ino, size } = statSync(file, { bigint: true });
  // An empty file was cut by something else: a new store never is, so no data is taken for none.
  if (size === 0n) throw new UserError(`The store ${file} is empty. Restore it from a backup.`);
  const database = new DatabaseSync(file, { timeout: 0, defensive: true });
  try {
    migrate(database, file);
    // Set on each open: NORMAL would lose acknowledged changes in a power cut.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000");
    const statements = prepareStatements(database);
    checkWritable(database);
    const inPlace = (): boolean => statSync(file, { bigint: true, throwIfNoEntry: false })?.ino === ino;
    return { database, statements, inPlace };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Without a write SQLite does not say that the file, or its folder, cannot be written: it opens it for reading. */
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

const reasons: ReadonlyMap<number | undefined, string> = new Map([
  [sqliteCodes.busy, "is held by another program"],
  [sqliteCodes.readOnly, "or its folder cannot be written"],
  [sqliteCodes.io, "or its disk fails"],
  [sqliteCodes.corrupt, "is damaged; it was left as it is, restore it from a backup"],
  [sqliteCodes.full, "has no room left on its disk"],
  [sqliteCodes.cannotOpen, "cannot be opened"],
  [sqliteCodes.notADatabase, "is not a SQLite file, or is damaged; it was left as it is"],
]);
