import type { DatabaseSync } from "node:sqlite";
import { identifyFile, isSameFile, type FileIdentity } from "../../files/file-identity.ts";
import { wholeOf } from "../sql/columns.ts";

/** The files of an open store. */
export interface WatchedFiles {
  /** The store's file as it was when it was opened. */
  readonly identity: FileIdentity | undefined;
  /** What became of the files that SQLite has open. Throws the system's error where that cannot be told. */
  look(): FilesState;
}

/** SQLite would go on writing into files that were moved or replaced, and does not see that its file was cut. */
export type FilesState = "in place" | "moved" | "cut";

/** Remembers the files that a connection has open. */
export function watchFiles(file: string, database: DatabaseSync): WatchedFiles {
  const others = [`${file}-wal`, `${file}-shm`].map((path) => ({ path, identity: identifyFile(path) }));
  const contentBytes = database.prepare(
    "SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size",
  );
  const identity = identifyFile(file);
  let size = identity?.size ?? 0n;
  return {
    identity,
    look() {
      const now = identifyFile(file);
      if (now === undefined || !isSameFile(now, identity)) return "moved";
      if (!others.every((other) => isSameFile(identifyFile(other.path), other.identity))) return "moved";
      // Another program may have made the file smaller in order, with VACUUM.
      if (now.size < size && now.size < wholeOf(contentBytes.get() ?? {}, "bytes")) return "cut";
      size = now.size;
      return "in place";
    },
  };
}
