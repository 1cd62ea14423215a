import { linkSync, renameSync, statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { isAbsence } from "../../files/file-identity.ts";
import { removeFile } from "../../files/remove-file.ts";
import { isDamage } from "../../files/sqlite-codes.ts";
import { replacedName } from "../../files/store-files.ts";
import { whenFree, whenReadable } from "../../files/when-free.ts";
import { logBytes } from "./check-whole.ts";
import { faultBehind } from "./fault-behind.ts";
import { readNumbers, type StoreNumbers } from "./read-numbers.ts";
import { refuseJournal } from "./refuse-journal.ts";
import { anyName, removeEmptyLog, takeAndOpen } from "./refuse-other-log.ts";
import { storeFault } from "./store-fault.ts";

/** Milliseconds to wait for other programs that use the file. */
const patience = 2000;

/** A store that is to be replaced, which no other process can use meanwhile. */
export interface HeldStore extends Disposable {
  /** Which numbers it has given out; undefined where it cannot be read. */
  readonly numbers: StoreNumbers | undefined;
  /**
   * Puts another file in its place and keeps it beside, under the path that is returned. A crash leaves either of the two
   * whole in the place; which one is settled once the folder is on the disk.
   */
  replaceWith(draft: string, time: string): string;
}

/**
 * Holds a store until it is replaced or let go. Throws `UserError` while another process uses it, and the signal's reason where
 * it ends the waiting for that.
 */
export async function holdStore(file: string, signal: AbortSignal): Promise<HeldStore> {
  refuseJournal(file);
  try {
    const numbers = await readFrom(file, signal);
    const locked = numbers === undefined ? undefined : await whenFree(() => lock(file), { patience, signal });
    return hold(file, locked, numbers);
  } catch (error) {
    throw await storeFault(error, file, signal);
  }
}

/** A damaged store is what is replaced most often. A connection that can write would move its log into it. */
async function readFrom(file: string, signal: AbortSignal): Promise<StoreNumbers | undefined> {
  const read = (): StoreNumbers => {
    using database = takeAndOpen(file, { readOnly: true, refuseNames: anyName });
    return readNumbers(database);
  };
  try {
    return await whenReadable(read, { patience, signal });
  } catch (error) {
    const fault = await faultBehind(error, file, signal);
    if (isDamage(fault) || statSync(file).size === 0) return undefined;
    throw fault;
  }
}

/** Without a lock on the whole file another process could write into it after it has lost its name. */
function lock(file: string): DatabaseSync {
  const database = takeAndOpen(file, { before: "PRAGMA locking_mode = EXCLUSIVE;", refuseNames: anyName });
  try {
    database.exec("BEGIN EXCLUSIVE; COMMIT");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function hold(
  file: string,
  database: DatabaseSync | undefined,
  numbers: StoreNumbers | undefined,
): HeldStore {
  return {
    numbers,
    replaceWith(draft, time) {
      // The log belongs to the store that goes: beside the new one SQLite would take it for its own. So it is moved into
      // that store, which gets no journal in a file in its place.
      database?.exec("PRAGMA journal_mode = MEMORY");
      const aside = replacedName(file, time);
      linkSync(file, aside);
      linkLog(file, aside);
      for (const part of ["-wal", "-shm"]) removeFile(file + part);
      renameSync(draft, file);
      return aside;
    },
    [Symbol.dispose]() {
      database?.close();
      removeEmptyLog(file);
    },
  };
}

/** Keeps the log of a store that could not be read, and is not locked: who ends meanwhile may remove it. */
function linkLog(file: string, aside: string): void {
  if (logBytes(file) === 0) return;
  try {
    linkSync(`${file}-wal`, `${aside}-wal`);
  } catch (error) {
    if (!isAbsence(error)) throw error;
  }
}
