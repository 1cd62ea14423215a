/** SQLite's primary result codes that the facade reacts to. */
export const sqliteCodes = {
  busy: 5,
  readOnly: 8,
  io: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

/** No room for the index of a write-ahead log. SQLite counts it among the I/O errors, yet the disk is only full. */
const noRoomForIndex = 4874;

/** What a statement of this program meets only where another program has changed the tables. */
const changedTables = /^no such (?:table|column): | has no column named /;

/**
 * The primary result code of an error of SQLite; undefined for other errors. Tables that another program has changed are
 * damage. Source: https://sqlite.org/rescode.html
 */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error && "errcode" in error && typeof error.errcode === "number")) return undefined;
  if (changedTables.test(error.message)) return sqliteCodes.corrupt;
  return error.errcode === noRoomForIndex ? sqliteCodes.full : error.errcode & 0xff;
}

/** A database whose damage was found by this program, and not by SQLite. */
export class DamagedFile extends Error {
  override readonly name = "DamagedFile";
  readonly errcode: number = sqliteCodes.corrupt;
}

/** True for an error that shows that the content of a database is damaged. */
export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === sqliteCodes.corrupt || code === sqliteCodes.notADatabase;
}
