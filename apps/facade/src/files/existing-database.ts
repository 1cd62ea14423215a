import { accessSync, constants, existsSync, realpathSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type DatabaseSyncOptions } from "node:sqlite";
import { pathToFileURL } from "node:url";

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
 * Opens a store that is only read, and that others may write meanwhile. On a disk that is read-only SQLite cannot make the
 * index of a log, so that a store without a log is read there as what nothing changes.
 */
export function openToRead(file: string): DatabaseSync {
  const path = realpathSync(file);
  const immutable = !existsSync(`${path}-wal`) && isReadOnlyDisk(dirname(path));
  return openExistingDatabase(file, { readOnly: true, timeout: 5000 }, { immutable });
}

/** Whether the folder of a store, in which SQLite keeps its log, can be written. */
export function hasWritableFolder(file: string): boolean {
  try {
    accessSync(dirname(realpathSync(file)), constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isReadOnlyDisk(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EROFS";
  }
}
