import { randomUUID } from "node:crypto";
import { renameSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { openExistingDatabase } from "../../files/existing-database.ts";
import { namesIn, realPath } from "../../files/look.ts";
import { createOwned } from "../../files/owner.ts";
import { tryToRemove } from "../../files/remove-file.ts";
import { copyName, isCopyOf } from "../../files/store-files.ts";
import { syncFile, syncFolder } from "../../files/sync-files.ts";
import { wholeOf } from "../sql/row-values.ts";

/**
 * Keeps a copy of a store of an older schema beside it, as `FILE.schema-3`, before the store is migrated. The copy gets
 * its name only when it is whole, and has the permissions of the store's own files.
 */
export function keepCopy(database: DatabaseSync, file: string, schema: number): void {
  // What a process leaves that is killed here is found among the copies, since it holds the same.
  const copy = copyName(realPath(file), schema);
  const draft = `${copy}.${randomUUID()}`;
  createOwned(draft, 0o600, file);
  try {
    database.prepare("VACUUM INTO ?").run(draft);
    // Another process may have migrated the store in between, and has kept its own copy.
    if (schemaOf(draft) !== schema) return;
    syncFile(draft);
    renameSync(draft, copy);
    syncFolder(dirname(copy));
  } finally {
    tryToRemove(draft);
  }
}

/**
 * The copies of a store that were kept before migrations and by restores, whole or cut off, and the drafts of restores that
 * were killed. They hold what the store held then.
 */
export function findCopies(file: string): readonly string[] {
  const path = realPath(file);
  const names = namesIn(dirname(path)).filter((name) => isCopyOf(name, basename(path)));
  return names.toSorted().map((name) => join(dirname(path), name));
}

function schemaOf(file: string): number {
  using database = openExistingDatabase(file, { readOnly: true });
  return wholeOf(database.prepare("PRAGMA user_version").get() ?? {}, "user_version");
}
