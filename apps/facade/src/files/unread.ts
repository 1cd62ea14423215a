import { open, realpath } from "node:fs/promises";
import { isAbsence } from "./file-identity.ts";
import { DamagedFile, isDamage } from "./sqlite-codes.ts";

/** In bytes. */
const chunkBytes = 1024 * 1024;

/**
 * The fault of the disk behind what SQLite tells as damage where a page could not be read: only what was read can be wrong. Other
 * errors stay as they are. Such a file may be large: the signal ends its reading, and its reason is the fault then. Not for a
 * database that this process has open: it would lose its locks.
 */
export async function unreadOr(error: unknown, file: string, signal?: AbortSignal): Promise<unknown> {
  if (!isDamage(error) || error instanceof DamagedFile) return error;
  try {
    const path = await realpath(file);
    for (const part of [path, `${path}-wal`]) await readAll(part, signal);
    return error;
  } catch (fault) {
    return isAbsence(fault) ? error : fault;
  }
}

async function readAll(path: string, signal: AbortSignal | undefined): Promise<void> {
  await using handle = await open(path);
  const chunk = new Uint8Array(chunkBytes);
  for (let count = 1; count > 0;) {
    signal?.throwIfAborted();
    ({ bytesRead: count } = await handle.read(chunk));
  }
}
