import { linkSync, renameSync, statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { startFault } from "../../files/file-fault.ts";
import { removeFile } from "../../files/remove-file.ts";
import { isDamage } from "../../files/sqlite-codes.ts";
import { replacedName } from "../../files/store-files.ts";
import { unreadOr } from "../../files/unread.ts";
import { whenFree } from "../../files/when-free.ts";
import { logBytes } from "./check-whole.ts";
import { openInPlace } from "./open-in-place.ts";
import { readNumbers, type StoreNumbers } from "./read-numbers.ts";
import { refuseJournal } from "./refuse-journal.ts";
import { findFree, removeEmptyLog } from "./refuse-other-log.ts";
import type { FilePlace } from "./watch-files.ts";

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
    // It may have other names, by which it stays what it is.
    const place = await findFree(file, { refuseNames: () => undefined, signal });
    const numbers = await whenFree(() => readFrom(file, place), { patience, signal });
    const locked =
      numbers === undefined ? undefined : await whenFree(() => lock(file, place), { patience, signal });
    return hold(file, locked, numbers);
  } catch (error) {
    throw startFault(`The store ${file}`, error, file);
  }
}

/** A damaged store is what is replaced most often. A connection that can write would move its log into it. */
function readFrom(file: string, place: FilePlace): StoreNumbers | undefined {
  try {
    using database = openInPlace(file, place, { readOnly: true });
    return readNumbers(database);
  } catch (error) {
    const fault = unreadOr(error, file);
    if (isDamage(fault) || statSync(file).size === 0) return undefined;
    throw fault;
  }
}

/** Without a lock on the whole file another process could write into it after it has lost its name. */
function lock(file: string, place: FilePlace): DatabaseSync {
  const database = openInPlace(file, place, { before: "PRAGMA locking_mode = EXCLUSIVE;" });
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
      if (logBytes(file) > 0) linkSync(`${file}-wal`, `${aside}-wal`);
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
