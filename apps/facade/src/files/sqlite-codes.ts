/** SQLite's primary result codes that the facade reacts to. */
export const sqliteCodes = {
  busy: 5,
  readOnly: 8,
  io: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  /** A lock that the system does not give or take back for a while. */
  protocol: 15,
  notADatabase: 26,
} as const;

/** The index of a write-ahead log cannot be made. SQLite counts it among the I/O errors, yet the disk is only full, as a rule. */
const withoutIndex = 4874;

/** What a statement of this program meets only where another program has changed the tables. */
const changedTables =
  /^no such (?:table|column): | has no column named |^table \S+ already exists$|^duplicate column name: |^cannot modify \S+ because it is a view$/;

/**
 * A primary key, a unique one and a trigger. This program reads in the same transaction what it then writes and has no
 * trigger, so that it meets them only where another program has changed rows or added triggers.
 */
const changedRows: ReadonlySet<number> = new Set([1555, 2067, 1811]);

/** What Node throws for a number that it cannot read from a row, where this program writes none so large. */
const tooLarge = /^Value is too large to be represented as a JavaScript number/;

/**
 * The primary result code of an error of SQLite; undefined for other errors. Tables and rows that another program has
 * changed are damage. Source: https://sqlite.org/rescode.html
 */
export function sqliteCode(error: unknown): number | undefined {
  if (error instanceof RangeError && tooLarge.test(error.message)) return sqliteCodes.corrupt;
  if (!(error instanceof Error && "errcode" in error && typeof error.errcode === "number")) return undefined;
  if (changedTables.test(error.message) || changedRows.has(error.errcode)) return sqliteCodes.corrupt;
  return error.errcode === withoutIndex ? sqliteCodes.full : error.errcode & 0xff;
}

/** True where the index of a log could not be made. */
export function isWithoutIndex(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === withoutIndex;
}

/** An I/O error in a write, a sync of a file or of its folder, or a cut. */
const failedWrites: ReadonlySet<unknown> = new Set([778, 1034, 1290, 1546]);

/** True for a fault that only happens when a database is written: its disk is full, fails, or does not let it be written. */
export function isWriteFault(error: unknown): boolean {
  if (error instanceof Error && "errcode" in error && failedWrites.has(error.errcode)) return true;
  const code = sqliteCode(error);
  if (code !== undefined) return code === sqliteCodes.full || code === sqliteCodes.readOnly;
  return error instanceof Error && "syscall" in error && error.syscall === "fsync";
}

/** A database whose damage was found by this program, and not by SQLite. */
export class DamagedFile extends Error {
  override readonly name = "DamagedFile";
  readonly errcode: number = sqliteCodes.corrupt;
}

/** What SQLite tells as damage, for as long as it is not known whether it is the disk that fails. */
export class SuspectedDamage extends Error {
  override readonly name = "SuspectedDamage";
  readonly errcode: number = sqliteCodes.corrupt;
}

/** A page that could not be read, as a check of SQLite tells it among the faults that it finds. */
export class UnreadPage extends Error {
  override readonly name = "UnreadPage";
  readonly errcode: number = sqliteCodes.io;
}

/** SQLite's own code for a read that failed. */
const failedRead = 266;

/** True where a page could not be read. */
export function isUnreadPage(error: unknown): boolean {
  return (
    error instanceof UnreadPage ||
    (error instanceof Error && "errcode" in error && error.errcode === failedRead)
  );
}

/** A database that another program has open, or may have, by another name. It is busy until that program is done. */
export class OpenElsewhere extends Error {
  override readonly name = "OpenElsewhere";
  readonly errcode: number = sqliteCodes.busy;
}

/**
 * True for damage that SQLite has found by itself. What this program has found, and tables and rows that another program has
 * changed, may be in pages that are all well formed.
 */
export function isToldDamage(error: unknown): boolean {
  if (error instanceof DamagedFile || !(error instanceof Error && "errcode" in error)) return false;
  const code = Number(error.errcode) & 0xff;
  return code === sqliteCodes.corrupt || code === sqliteCodes.notADatabase;
}

/** The fault of a file that only this program has written, for a moment: what looks damaged there is a disk that fails. */
export function scratchFault(error: unknown): unknown {
  return isToldDamage(error)
    ? new UnreadPage("a page could not be read as it was written", { cause: error })
    : error;
}

/** True for an error that shows that the content of a database is damaged. */
export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === sqliteCodes.corrupt || code === sqliteCodes.notADatabase;
}
