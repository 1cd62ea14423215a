import { closeSync, openSync, readSync, realpathSync } from "node:fs";
import { isAbsence } from "./file-identity.ts";
import { DamagedFile, isDamage } from "./sqlite-codes.ts";

/** In bytes. */
const chunkBytes = 1024 * 1024;

/**
 * The fault of the disk behind what SQLite tells as damage where a page could not be read: only what was read can be wrong. Other
 * errors stay as they are. Not for a database that this process has open: it would lose its locks.
 */
export function unreadOr(error: unknown, file: string): unknown {
  if (!isDamage(error) || error instanceof DamagedFile) return error;
  try {
    const path = realpathSync.native(file);
    for (const part of [path, `${path}-wal`]) readAll(part);
    return error;
  } catch (fault) {
    return isAbsence(fault) ? error : fault;
  }
}

function readAll(path: string): void {
  const handle = openSync(path, "r");
  try {
    const chunk = new Uint8Array(chunkBytes);
    for (let position = 0, count = 0; (count = readSync(handle, chunk, 0, chunkBytes, position)) > 0;)
      position += count;
  } finally {
    closeSync(handle);
  }
}
