import { hasWritableFolder } from "../../files/existing-database.ts";
import { DamagedFile, isDamage, sqliteCode, sqliteCodes } from "../../files/sqlite-codes.ts";
import { serviceFault } from "../../files/file-fault.ts";
import { isThere } from "../../files/look.ts";
import { whenFree, whenReadable } from "../../files/when-free.ts";
import { shuttingDown, unavailable } from "@install-summary/core/service";
import { connect, type StoreConnection } from "./connection.ts";
import { connectToRead } from "./connect-to-read.ts";
import { createStoreFile } from "./create-store-file.ts";
import { takePlace } from "./refuse-other-log.ts";
import { storeFault } from "./store-fault.ts";
import { findPlace, isInPlace, withoutLog, type FilePlace } from "./watch-files.ts";

/** The one connection of a store to its file, which is opened again after the file failed. */
export interface Connector {
  /**
   * Runs an action at once, and where it finds damage once more: what it did before is undone then. Throws SQLite's busy error while
   * another process holds the file.
   */
  now<Result>(action: (connection: StoreConnection) => Result): Result;
  /** Runs an action as soon as no other process holds the file; the action may run again. */
  use<Result>(action: (connection: StoreConnection) => Result): Promise<Result>;
  /** The same on a new connection, which knows nothing of the file yet: another one has found it damaged. */
  useAnew<Result>(action: (connection: StoreConnection) => Result): Promise<Result>;
  /** Looks whether the files are in place and whole. Until the next look all actions throw what was found. */
  look(): void;
  /** Takes an error of the file into account that was met elsewhere. */
  note(error: unknown): void;
  /** Closes the connection for good. */
  close(): void;
}

/** Which file is connected to, and what is called when it was moved. */
export interface ConnectorOptions {
  /** The path of the store's file; it is created if it is missing. */
  readonly file: string;
  /**
   * Whether a log that is there is proven first: it may be of a process that was killed. Beside a facade that serves it is not:
   * SQLite knows there which commits are on the disk.
   *
   * @default true
   */
  readonly mustProve?: boolean | undefined;
  /**
   * Whether a file whose folder cannot be written, as on a disk that is read-only, is opened all the same, for work that only
   * reads. A file that alone cannot be written is refused: what SQLite puts beside it would be as read-only.
   *
   * @default false
   */
  readonly mayOnlyRead?: boolean | undefined;
  /** Called once the file was moved or replaced. */
  readonly onMoved?: (() => void) | undefined;
}

/** Milliseconds between two looks at the files while nothing is committed. */
const lookEvery = 250;

/** Opens a store's file. Throws `UserError` for a file that cannot be used. */
export async function openConnector({
  file,
  mustProve = true,
  mayOnlyRead = false,
  onMoved,
}: ConnectorOptions): Promise<Connector> {
  const isReadOnly = mayOnlyRead && isThere(file) && !hasWritableFolder(file);
  let connection: StoreConnection | undefined = await start(file, { mustProve, isReadOnly });
  let { guard, place } = connection;
  /** Whether the log may have commits that are not on the disk. While there is a guard SQLite tells them apart. */
  let isDoubtful = false;
  /** What every action throws; once it is damage, for good. */
  let fault: unknown;
  let isDamaged = false;
  let isClosed = false;

  /** Where the file was. Without a guard the connection that was closed has removed the log. */
  const known = (): FilePlace => (guard === undefined ? withoutLog(place) : place);

  const drop = (): void => {
    connection?.database.close();
    connection = undefined;
  };

  /** Closes all connections, so that the system takes back locks that it did not take back from one of them. */
  const letGo = (): void => {
    drop();
    guard?.close();
    guard = undefined;
    isDoubtful = true;
  };

  const note = (error: unknown): void => {
    if (isDamage(error) && !isDamaged) {
      isDamaged = true;
      fault = serviceFault(error);
    }
    // What a connection knows of a file may be wrong after a failed fsync. The next one checks it. One that was opened
    // while the disk could not be written stays as it is: only another one finds out whether the disk can be written again.
    const code = sqliteCode(error);
    if (code === sqliteCodes.io) isDoubtful = true;
    if (code === sqliteCodes.io || code === sqliteCodes.readOnly) drop();
    if (code === sqliteCodes.protocol) letGo();
  };

  const look = (): void => {
    if (isDamaged || isClosed) return;
    // Once the disk has room again, others can open the file beside this one.
    if (connection?.isAlone === true) drop();
    try {
      const state = connection?.look() ?? (isInPlace(findPlace(file), known()) ? "in place" : "moved");
      fault = state === "moved" ? moved() : undefined;
      if (state === "moved") onMoved?.();
      if (state === "smaller") drop();
      if (state === "cut") note(new DamagedFile("the file or its log is smaller than before"));
    } catch (error) {
      fault = isDamage(error) ? undefined : serviceFault(error);
      // Whether it is damage is found by the next action, on a new connection.
      if (isDamage(error)) drop();
      else note(error);
    }
  };

  const open = (): StoreConnection => {
    const opened = isReadOnly
      ? connectToRead(file, known())
      : connect(file, {
          place: known(),
          mustWrite: false,
          mustProve: isDoubtful && guard === undefined,
          guard,
        });
    isDoubtful = false;
    ({ guard, place } = opened);
    return opened;
  };

  const run: Connector["now"] = (action) => {
    try {
      connection ??= open();
      return action(connection);
    } catch (error) {
      if (!isDamage(error) || error instanceof DamagedFile) throw error;
      // SQLite tells a page that the disk could not give as damage too. Damage is what is found by another connection as well,
      // which looks at the whole file first, or is told there that the disk fails.
      drop();
      connection = open();
      return action(connection);
    }
  };

  const now: Connector["now"] = (action) => {
    if (isClosed) throw shuttingDown();
    // Another file may have the path by now.
    if (connection === undefined) look();
    if (fault !== undefined) throw fault;
    try {
      return run(action);
    } catch (error) {
      // A log that was cut looks like a disk that fails; the connection knows how long it was.
      if (sqliteCode(error) === sqliteCodes.io) look();
      note(error);
      throw error;
    }
  };

  const use: Connector["use"] = (action) => whenFree(() => now(action));

  const timer = setInterval(look, lookEvery).unref();
  return {
    now,
    use,
    useAnew(action) {
      drop();
      return use(action);
    },
    look,
    note,
    close() {
      if (isClosed) return;
      isClosed = true;
      clearInterval(timer);
      // The last connection moves the log into the file when it closes, and removes the log. A guard cannot do it: as the
      // last one it leaves all files of a damaged store as they are.
      if (!isDamaged) guard?.close();
      drop();
      if (isDamaged) guard?.close();
    },
  };
}

async function start(
  file: string,
  { mustProve, isReadOnly }: { readonly mustProve: boolean; readonly isReadOnly: boolean },
): Promise<StoreConnection> {
  try {
    if (isReadOnly) return await whenReadable(() => connectToRead(file, takePlace(file)));
    createStoreFile(file);
    const options = { mustWrite: true, mustProve, guard: undefined };
    return await whenReadable(() => connect(file, { ...options, place: takePlace(file) }));
  } catch (error) {
    throw await storeFault(error, file);
  }
}

function moved(): Error {
  return unavailable("The store was moved or replaced. Restart the service.", 60);
}
