import { counterMaximum } from "@install-summary/core";
import { DamagedFile } from "../../files/sqlite-codes.ts";

/** A value of a column, in every SQL engine. */
export type SqlValue = string | number | null;

/** A row of a result: values by the names of `selectApp` and `selectSummary`. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** The text of a column, by its name or position. Throws for a value of another type. */
export function textOf(row: SqlRow, name: string | number): string {
  const value = row[name];
  if (typeof value !== "string") throw wrongType(name, value);
  return value;
}

/** The whole number of a column, by its name or position. Throws for a value of another type, or one that is not exact. */
export function wholeOf(row: SqlRow, name: string | number): number {
  const value = row[name];
  if (typeof value !== "number") throw wrongType(name, value);
  if (!Number.isSafeInteger(value)) throw new DamagedFile(`the column ${name} has the value ${value}`);
  return value;
}

/** The version of a column. Throws for another value, which the table's checks refuse. */
export function versionOf(row: SqlRow, name: string | number): number {
  const value = wholeOf(row, name);
  if (value >= 1) return value;
  throw new DamagedFile(`the column ${name} has the value ${value}`);
}

/** The counter of a column, by its name or position. Throws for another value, which the table's checks refuse. */
export function counterOf(row: SqlRow, name: string | number): number {
  const value = wholeOf(row, name);
  if (value >= 0 && value <= counterMaximum) return value;
  throw new DamagedFile(`the column ${name} has the value ${value}`);
}

/** The whole number of a column that may be null. Throws for a value of another type. */
export function wholeOrNull(row: SqlRow, name: string | number): number | null {
  return row[name] === null ? null : wholeOf(row, name);
}

/** The tables are strict, so a value of another type than its column's was not written by a database. */
function wrongType(name: string | number, value: unknown): Error {
  return value === undefined
    ? new TypeError(`The statement has no column ${name}.`)
    : new DamagedFile(`the column ${name} has a value of another type`);
}
