import { serviceFault } from "../../files/file-fault.ts";
import { DamagedFile, isDamage, sqliteCode, sqliteCodes, UnreadPage } from "../../files/sqlite-codes.ts";
import { whenFree } from "../../files/when-free.ts";
import { shuttingDown, unavailable } from "@install-summary/core/service";
import type { StoreConnection } from "./connection.ts";
import { watchDamage } from "./damage-watch.ts";
import { damageBehind } from "./fault-behind.ts";
import { openConnection, type ConnectionOptions } from "./kept-connection.ts";

/** The one connection of a store to its file, which is opened again after the file failed. */
export interface Connector {
  /**
   * Runs an action at once, and where it finds damage once more: what it did before is undone then. Throws SQLite's busy error while
   * another process holds the file.
   */
  now<Result>(action: (connection: StoreConnection) => Result): Result;
  /** Runs an action as soon as no other process holds the file; the action may run again. */
  use<Result>(action: (connection: StoreConnection) => Result): Promise<Result>;
  /** The same on a new connection, which knows nothing of the file yet, after another one has found this damage. */
  useAnew<Result>(damage: unknown, action: (connection: StoreConnection) => Result): Promise<Result>;
  /** Looks whether the files are in place and whole. Until the next look all actions throw what was found. */
  look(): void;
  /** Takes an error of the file into account that was met elsewhere. */
  note(error: unknown): void;
  /** Closes the connection for good. */
  close(): void;
}

/** Which file is connected to, and what is called when it was moved. */
export interface ConnectorOptions extends ConnectionOptions {
  /** Called once the file was moved or replaced. */
  readonly onMoved?: (() => void) | undefined;
}

/** Milliseconds between two looks at the files while nothing is committed. */
const lookEvery = 250;

/** Opens a store's file. Throws `UserError` for a file that cannot be used. */
export async function openConnector({ onMoved, ...options }: ConnectorOptions): Promise<Connector> {
  const kept = await openConnection(options);
  /** What every action throws until the next look at the files. */
  let fault: unknown;
  const closing = new AbortController();
  const damage = watchDamage({
    look: (error, unknown, signal) => damageBehind(error, options.file, signal, unknown),
    onDiskFault: () => kept.lackPages(),
  });

  /** Takes an error into account, and returns what its caller is told. */
  const take = (error: unknown): unknown => {
    if (isDamage(error)) return damage.meet(error);
    if (error instanceof UnreadPage) damage.lackPage();
    // What a connection knows of a file may be wrong after a failed fsync. The next one checks it. One that was opened
    // while the disk could not be written stays as it is: only another one finds out whether the disk can be written again.
    const code = sqliteCode(error);
    if (code === sqliteCodes.io) kept.doubt();
    if (code === sqliteCodes.io || code === sqliteCodes.readOnly) kept.drop();
    if (code === sqliteCodes.protocol) kept.letGo();
    return error;
  };

  const look = (): void => {
    if (damage.fault() !== undefined || closing.signal.aborted) return;
    // Once the disk has room again, others can open the file beside this one.
    if (kept.current()?.isAlone === true) kept.drop();
    try {
      const state = kept.look();
      fault = state === "moved" ? moved() : undefined;
      if (state === "moved") onMoved?.();
      if (state === "smaller") kept.drop();
      if (state === "cut") take(new DamagedFile("the file or its log is smaller than before"));
    } catch (error) {
      fault = isDamage(error) ? undefined : serviceFault(error);
      // Whether it is damage is found by the next action, on a new connection.
      if (isDamage(error)) kept.drop();
      else take(error);
    }
  };

  const run: Connector["now"] = (action) => {
    try {
      return action(kept.take());
    } catch (error) {
      if (!isDamage(error) || error instanceof DamagedFile || damage.isOfDisk()) throw error;
      // SQLite tells a page that the disk could not give as damage too. Damage is what is found by another connection as well,
      // which looks at the whole file first, or is told there that the disk fails.
      kept.drop();
      return action(kept.take());
    }
  };

  const now: Connector["now"] = (action) => {
    if (closing.signal.aborted) throw shuttingDown();
    // Another file may have the path by now.
    if (kept.current() === undefined) look();
    const known = damage.fault() ?? fault;
    if (known !== undefined) throw known;
    try {
      return run(action);
    } catch (error) {
      // A log that was cut looks like a disk that fails; the connection knows how long it was.
      if (sqliteCode(error) === sqliteCodes.io) look();
      throw take(error);
    }
  };

  const use: Connector["use"] = (action) => whenFree(() => now(action));

  const timer = setInterval(look, lookEvery).unref();
  return {
    now,
    use,
    async useAnew(found, action) {
      if (damage.isOfDisk()) throw damage.meet(found);
      kept.drop();
      return use(action);
    },
    look,
    note: (error) => void take(error),
    close() {
      if (closing.signal.aborted) return;
      closing.abort();
      damage.end();
      clearInterval(timer);
      kept.close(damage.fault() !== undefined);
    },
  };
}

function moved(): Error {
  return unavailable("The store was moved or replaced. Restart the service.", 60);
}
