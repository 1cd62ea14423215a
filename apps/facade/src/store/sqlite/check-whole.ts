import { statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { findStatus, look, realPath } from "../../files/look.ts";
import { DamagedFile } from "../../files/sqlite-codes.ts";
import { wholeOf } from "../sql/row-values.ts";
import { readFaults } from "./read-faults.ts";

/** Every page of a file up to this size is read; larger ones would hold up the start. In bytes. */
const maxReadBytes = 16 * 1024 * 1024;
/** What a write-ahead log has before its pages, and before each of them. Source: https://sqlite.org/walformat.html */
const logHeaderBytes = 32;
const frameHeaderBytes = 24;

/**
 * Checks that a store's file has all of its pages, and that those of a small file are well formed. Writes nothing.
 * Throws an error with one of SQLite's codes for damage. Where it is known that the disk does not give some pages, who reads one of
 * them is told, and they are not read here.
 */
export function checkWhole(database: DatabaseSync, file: string, { lacksPages = false } = {}): void {
  const pageBytes = readPragma(database, "page_size");
  const pages = readPragma(database, "page_count");
  const { size } = look(file, () => statSync(file));
  const missing = pages - Math.floor(size / pageBytes);
  // Pages that a checkpoint has not moved into the file yet are in the log.
  if (missing > logBytes(file) / (pageBytes + frameHeaderBytes)) {
    throw new DamagedFile(`the file has ${pages - missing} of its ${pages} pages`);
  }
  if (size > maxReadBytes || lacksPages) return;
  const [found] = readFaults(database, "quick_check");
  if (found !== undefined) throw new DamagedFile(found);
}

/** The least size of a write-ahead log with a number of pages. */
export function logBytesFor(pages: number, pageBytes: number): number {
  return pages === 0 ? 0 : logHeaderBytes + pages * (frameHeaderBytes + pageBytes);
}

/** The path of a store's write-ahead log. */
export function logOf(file: string): string {
  return `${realPath(file)}-wal`;
}

/** The size of a store's write-ahead log; 0 where there is none. */
export function logBytes(file: string): number {
  return findStatus(logOf(file))?.size ?? 0;
}

function readPragma(database: DatabaseSync, name: "page_size" | "page_count"): number {
  return wholeOf(database.prepare(`PRAGMA ${name}`).get() ?? {}, name);
}
