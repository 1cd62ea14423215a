import { UserError } from "@install-summary/command-line/errors";
import { closeSync, openSync, readSync } from "node:fs";
import { hasContent, look, realPath } from "../../files/look.ts";

/**
 * A store with a write-ahead log has no journal. SQLite would take one that is there for the store's own, and write what it
 * holds into the store.
 */
export function refuseJournal(file: string): void {
  const journal = `${realPath(file)}-journal`;
  if (!hasContent(journal) || !look(file, hasLog)) return;
  throw new UserError(
    `The journal ${journal} is not of this store, whose next start would write it into the store. Move it aside.`,
  );
}

/** Source: https://sqlite.org/fileformat2.html#file_format_version_numbers */
function hasLog(file: string): boolean {
  const handle = openSync(file, "r");
  try {
    const version = Buffer.alloc(1);
    return readSync(handle, version, 0, 1, 18) === 1 && version[0] === 2;
  } finally {
    closeSync(handle);
  }
}
