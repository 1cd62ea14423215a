import type { DatabaseSync } from "node:sqlite";
import { identifyFile, isSameFile, type FileIdentity } from "../../files/file-identity.ts";
import { realPath } from "../../files/look.ts";
import { OpenElsewhere } from "../../files/sqlite-codes.ts";
import { wholeOf } from "../sql/row-values.ts";
import { logBytesFor } from "./check-whole.ts";

/** What a store's name leads to. */
export interface FilePlace {
  readonly identity: FileIdentity | undefined;
  /** Beside this path SQLite has the log. A file that was moved and linked from its old place would get another one there. */
  readonly realPath: string;
  readonly log: FileIdentity | undefined;
  readonly index: FileIdentity | undefined;
}

/** The files of an open store. */
export interface WatchedFiles {
  readonly place: FilePlace;
  /** What became of the files that SQLite has open. Throws the system's error where that cannot be told. */
  look(): FilesState;
}

/**
 * SQLite would go on writing into files that were moved or replaced, and does not see that a file was cut. A file that is `smaller`
 * was cut, or another program has made it smaller in order and has pages in the log since: only a new connection tells.
 */
export type FilesState = "in place" | "moved" | "smaller" | "cut";

/** Looks where a name leads to now. Throws the system's error where that cannot be told. */
export function findPlace(file: string): FilePlace {
  const path = realPath(file);
  const [log, index] = [identifyFile(`${path}-wal`), identifyFile(`${path}-shm`)];
  return { identity: identifyFile(file), realPath: path, log, index };
}

/** Looks the same. Throws `OpenElsewhere` where it leads elsewhere than before. */
export function checkPlace(file: string, before: FilePlace): FilePlace {
  const now = findPlace(file);
  if (!isInPlace(now, before)) throw new OpenElsewhere(`${file} was moved or replaced`);
  return now;
}

/** Remembers the files that a connection has open, which it has opened at a place. */
export function watchFiles(file: string, database: DatabaseSync, opened: FilePlace): WatchedFiles {
  const place = checkPlace(file, opened);
  const content = database.prepare("SELECT page_count, page_size FROM pragma_page_count, pragma_page_size");
  const pageBytes = wholeOf(content.get() ?? {}, "page_size");
  const readLog = logReader(database);
  let size = place.identity?.size ?? 0n;
  let logSize = place.log?.size ?? 0n;
  return {
    place,
    look() {
      // Asked before the log is looked at: others may write it at any moment.
      const logPages = readLog?.().pages;
      const now = findPlace(file);
      if (now.identity === undefined || !isInPlace(now, place)) return "moved";
      if (now.log !== undefined && place.log === undefined) return "moved";
      const nowSize = now.identity.size;
      const nowLogSize = now.log?.size ?? 0n;
      // Asked again: others may have made either smaller in order, with VACUUM or a checkpoint.
      if (nowSize < size && missingPages() > 0) return isCut() && isCut() ? "cut" : "smaller";
      if (nowLogSize < logBytes(logPages) && readLog?.().pages === logPages) return "cut";
      size = nowSize;
      logSize = nowLogSize;
      return "in place";
    },
  };

  /** How many pages of the store its file does not have. */
  function missingPages(): number {
    const pages = wholeOf(content.get() ?? {}, "page_count");
    return pages - Number(identifyFile(file)?.size ?? 0n) / pageBytes;
  }

  /** Whether more are missing than wait in the log to be moved into the file. */
  function isCut(): boolean {
    const waiting = readLog?.().waiting ?? Number(findPlace(file).log?.size ?? 0n) / pageBytes;
    return missingPages() > waiting;
  }

  /** The size that the log must have at least. */
  function logBytes(pages: number | undefined): bigint | number {
    return pages === undefined ? logSize : logBytesFor(Math.max(pages, 0), pageBytes);
  }
}

/** Whether a name leads to the same file as before, in the same place, with the log and the index that were there. */
export function isInPlace(now: FilePlace, before: FilePlace): boolean {
  return (
    isSameFile(now.identity, before.identity) &&
    now.realPath === before.realPath &&
    (before.log === undefined || isSameFile(now.log, before.log)) &&
    (before.index === undefined || isSameFile(now.index, before.index))
  );
}

/** The same place where its log may have been removed since, in order. */
export function withoutLog(place: FilePlace): FilePlace {
  return { ...place, log: undefined, index: undefined };
}

/** What SQLite knows of a log: how many pages it should have, -1 without a log, and how many are not in the file yet. */
interface LogState {
  readonly pages: number;
  readonly waiting: number;
}

/** Reads it; undefined where SQLite cannot tell without moving pages. */
function logReader(database: DatabaseSync): (() => LogState) | undefined {
  const { canTell } = database.prepare("SELECT sqlite_version() >= '3.51' AS canTell").get() ?? {};
  if (canTell !== 1) return undefined;
  const ask = database.prepare("PRAGMA wal_checkpoint(NOOP)");
  return () => {
    const row = ask.get() ?? {};
    const pages = wholeOf(row, "log");
    return { pages, waiting: pages - wholeOf(row, "checkpointed") };
  };
}
