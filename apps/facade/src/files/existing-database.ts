import { DatabaseSync, type DatabaseSyncOptions } from "node:sqlite";
import { pathToFileURL } from "node:url";

/** Opens a database that is there. SQLite would create a missing one, empty, in the place of a file that was moved. */
export function openExistingDatabase(file: string, options: DatabaseSyncOptions): DatabaseSync {
  const url = pathToFileURL(file);
  url.searchParams.set("mode", options.readOnly === true ? "ro" : "rw");
  return new DatabaseSync(url, { timeout: 0, defensive: true, ...options });
}
