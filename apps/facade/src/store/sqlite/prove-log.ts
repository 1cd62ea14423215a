import { closeSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { describeFault } from "../../files/file-fault.ts";
import { OpenElsewhere, sqliteCode, sqliteCodes } from "../../files/sqlite-codes.ts";
import { logBytes, logOf } from "./check-whole.ts";
import { openInPlace } from "./open-in-place.ts";
import { findPlace } from "./watch-files.ts";

/** In bytes. */
const chunkBytes = 1024 * 1024;

/**
 * Makes sure that a store's log is on the disk as it can be read. A process that was killed may have left commits that are
 * in the system's memory alone: after an fsync that failed the system takes what it could not write for written, and the
 * next fsync reports success without it. Only what is written again is on the disk for sure. Throws SQLite's busy error
 * while another process writes.
 */
export function proveLog(database: DatabaseSync, file: string): void {
  // Nothing may be added to the log meanwhile.
  database.exec("BEGIN IMMEDIATE");
  try {
    rewrite(logOf(file));
  } finally {
    database.exec("ROLLBACK");
  }
}

/**
 * As `proveLog`, for a connection that only reads. It must have read already: while it is open SQLite leaves the log where it
 * is, which the last connection that can write would move into the file. Returns why it was not possible, as the end of a
 * sentence that begins with the log: a disk that can only be read, or fails, can be read all the same.
 */
export function proveLogToRead(file: string): string | undefined {
  if (logBytes(file) === 0) return undefined;
  try {
    using writer = openInPlace(file, findPlace(file));
    proveLog(writer, file);
    return undefined;
  } catch (error) {
    // Another process writes, so it has proven the log itself.
    if (sqliteCode(error) === sqliteCodes.busy && !(error instanceof OpenElsewhere)) return undefined;
    const fault = describeFault(error);
    if (fault === undefined) throw error;
    return fault;
  }
}

/** Writes a file's own bytes in their place, and waits until they are on the disk. */
function rewrite(file: string): void {
  const handle = openSync(file, "r+");
  try {
    const chunk = new Uint8Array(chunkBytes);
    for (let position = 0, count = 0; (count = readSync(handle, chunk, 0, chunkBytes, position)) > 0;) {
      for (let written = 0; written < count;) {
        written += writeSync(handle, chunk, written, count - written, position + written);
      }
      position += count;
    }
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
