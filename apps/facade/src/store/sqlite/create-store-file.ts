import { existsSync, linkSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { makeDraft } from "../../files/draft-file.ts";
import { syncFolder } from "../../files/sync-files.ts";
import { initialise } from "./migrate.ts";
import { refuseLostStore } from "./refuse-lost-store.ts";

/**
 * Creates a store's file unless there is one. It gets its name only when it is whole, so that a crash, or another
 * process that creates it at the same time, never leaves half a store.
 */
export function createStoreFile(file: string): void {
  if (existsSync(file)) return;
  refuseLostStore(file);
  using draft = makeDraft(file, { owner: dirname(file) });
  const database = new DatabaseSync(draft.path);
  try {
    initialise(database);
  } finally {
    database.close();
  }
  link(draft.path, file);
}

/** A rename would take the place of a store that another process has just created; a link does not. */
function link(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  }
  syncFolder(dirname(file));
}
