import type { DatabaseSync } from "node:sqlite";
import { identifyFile, isSameFile, type FileIdentity } from "../../files/file-identity.ts";
import { realPath } from "../../files/look.ts";
import { wholeOf } from "../sql/row-values.ts";
import { logBytesFor } from "./check-whole.ts";

/** Where a store's file was when it was opened. */
export interface FilePlace {
  readonly identity: FileIdentity | undefined;
  /** Beside this path SQLite has the log. A file that was moved and linked from its old place would get another one there. */
  readonly realPath: string;
}

/** The files of an open store. */
export interface WatchedFiles {
  readonly place: FilePlace;
  /** What became of the files that SQLite has open. Throws the system's error where that cannot be told. */
  look(): FilesState;
}

/** SQLite would go on writing into files that were moved or replaced, and does not see that a file was cut. */
export type FilesState = "in place" | "moved" | "cut";

/** Remembers the files that a connection has open. */
export function watchFiles(file: string, database: DatabaseSync): WatchedFiles {
  const place: FilePlace = { identity: identifyFile(file), realPath: realPath(file) };
  const [log, index] = [`${place.realPath}-wal`, `${place.realPath}-shm`];
  const content = database.prepare("SELECT page_count, page_size FROM pragma_page_count, pragma_page_size");
  const first = { log: identifyFile(log), index: identifyFile(index) };
  let size = place.identity?.size ?? 0n;
  let logSize = first.log?.size ?? 0n;
  return {
    place,
    look() {
      const now = identifyFile(file);
      if (now === undefined || !isInPlace(file, now, place)) return "moved";
      const nowLog = identifyFile(log);
      if (!isSameFile(nowLog, first.log) || !isSameFile(identifyFile(index), first.index)) return "moved";
      const nowLogSize = nowLog?.size ?? 0n;
      if (now.size < size && now.size < contentBytes()) return "cut";
      if (nowLogSize < logSize && nowLogSize < logBytes()) return "cut";
      size = now.size;
      logSize = nowLogSize;
      return "in place";
    },
  };

  /** Another program may have made the file smaller in order, with VACUUM. */
  function contentBytes(): number {
    const row = content.get() ?? {};
    return wholeOf(row, "page_count") * wholeOf(row, "page_size");
  }

  /** Another program may have emptied the log in order, with a checkpoint. */
  function logBytes(): bigint | number {
    const pages = readLogPages(database);
    return pages === undefined ? logSize : logBytesFor(pages, wholeOf(content.get() ?? {}, "page_size"));
  }
}

/** Whether the file that a path leads to now is one that was opened, in the place where it was. */
export function isInPlace(
  file: string,
  now: FileIdentity | undefined,
  { identity, realPath: before }: FilePlace,
): boolean {
  return isSameFile(now, identity) && realPath(file) === before;
}

/** How many pages the log should have; undefined where SQLite cannot tell without moving them. */
function readLogPages(database: DatabaseSync): number | undefined {
  const { canTell } = database.prepare("SELECT sqlite_version() >= '3.51' AS canTell").get() ?? {};
  return canTell === 1
    ? wholeOf(database.prepare("PRAGMA wal_checkpoint(NOOP)").get() ?? {}, "log")
    : undefined;
}
