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
