// The process that has SQLite read every page of a file, which is one call that takes minutes where a store is large, and that
// reads every byte of it. Started by check-pages.ts with the path of the file.
import { closeSync, openSync, readSync, realpathSync } from "node:fs";
import { isAbsence } from "../../files/file-identity.ts";
import { isImmutable, openExistingDatabase } from "../../files/existing-database.ts";
import { readFaults } from "./read-faults.ts";

/** What the check has found: a sentence for each fault, or the error of SQLite or of the system that ended it. */
export type IntegrityResult =
  | { readonly faults: readonly string[] }
  | { readonly message: string; readonly errcode: number }
  | { readonly message: string; readonly code: string; readonly syscall: string };

/** In bytes. */
const chunkBytes = 1024 * 1024;

const [, , checked = ""] = process.argv;

process.send?.(check(checked), () => process.disconnect());

function check(file: string): IntegrityResult {
  const pages = told(() => {
    const immutable = isImmutable(file);
    using database = openExistingDatabase(file, { readOnly: true, timeout: 5000 }, { immutable });
    return { faults: readFaults(database) };
  });
  // SQLite may tell bytes that the disk does not give as damage: only what can be read is wrong.
  return told(() => {
    const path = realpathSync(file);
    for (const part of [path, `${path}-wal`]) readAll(part);
    return pages;
  });
}

/** What comes of an action, with the error that ends it. */
function told(action: () => IntegrityResult): IntegrityResult {
  try {
    return action();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const { code, syscall, errcode = 0 } = Object(error);
    return syscall === undefined ? { message, errcode } : { message, code, syscall };
  }
}

function readAll(part: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(part, "r");
  } catch (error) {
    if (isAbsence(error)) return;
    throw error;
  }
  try {
    const chunk = new Uint8Array(chunkBytes);
    while (readSync(descriptor, chunk) > 0);
  } finally {
    closeSync(descriptor);
  }
}
