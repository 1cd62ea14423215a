import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type DatabaseSyncOptions } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { checkWritable } from "./check-writable.ts";
import { isThere, look, realPath } from "./look.ts";

/** What is known of a database beside SQLite's own options. */
interface FileOptions {
  /** Nothing changes it, so that it is read without locks and without other files beside it. */
  readonly immutable?: boolean;
}

/** Opens a database that is there. SQLite would create a missing one, empty, in the place of a file that was moved. */
export function openExistingDatabase(
  file: string,
  options: DatabaseSyncOptions,
  { immutable = false }: FileOptions = {},
): DatabaseSync {
  const url = pathToFileURL(file);
  url.searchParams.set("mode", options.readOnly === true ? "ro" : "rw");
  if (immutable) url.searchParams.set("immutable", "1");
  return new DatabaseSync(url, { timeout: 0, defensive: true, ...options });
}

/**
 * Remembers a store that is opened to be read. Returns what throws `UserError` where it was read as what nothing changes, and
 * another user, who may write its folder, has changed it since: what was read may then be of two moments.
 */
export function watchImmutable(file: string): () => void {
  if (!isImmutable(file)) return () => undefined;
  const before = writtenAt(file);
  return () => {
    if (writtenAt(file) === before) return;
    throw new UserError(
      `The store ${file} was written while it was read, which cannot be done from a folder that cannot be written. ` +
        "Try again, as the user who writes it or while nothing does.",
      { exit: exitCodes.unavailable, code: "ServiceUnavailable" },
    );
  };
}

/**
 * Whether a store is read as one that nothing changes: it has no log, and its folder cannot be written, so that SQLite cannot make
 * the index of one.
 */
export function isImmutable(file: string): boolean {
  return !hasWritableFolder(file) && !isThere(`${realPath(file)}-wal`);
}

function writtenAt(file: string): string {
  const { ino, mtimeNs, size } = look(file, (path) => statSync(path, { bigint: true }));
  return `${ino} ${mtimeNs} ${size}`;
}

/** Whether the folder of a store, in which SQLite keeps its log, can be written. */
export function hasWritableFolder(file: string): boolean {
  try {
    checkWritable(dirname(realPath(file)));
    return true;
  } catch {
    return false;
  }
}
