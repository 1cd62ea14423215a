import type { GraphError } from "../../http/graph-error.ts";
import { isIdColumn } from "../rows/column-names.ts";
import { isPrelude } from "./prelude.ts";
import { unreadable } from "../input/unreadable.ts";

/** What separates the columns of a CSV file: commas, or what spreadsheets write where a comma begins a fraction. */
export type Separator = "," | ";" | "\t";

const separators: readonly Separator[] = [",", ";", "\t"];

/**
 * What separates the columns of a CSV file, by its header in the first part of the file: a comma, unless another one
 * makes the id of an app a column and a comma does not. Throws `GraphError` 400 for a table that is no CSV.
 */
export function findSeparator(start: string): Separator {
  const header = headerOf(start);
  const found = separators.find((separator) => header.split(separator).some(isIdColumn));
  if (found !== undefined) return found;
  const unquoted = header.replaceAll(/"[^"]*"/g, "");
  // Of another table the columns are told as they are.
  const present = separators.find((separator) => unquoted.includes(separator));
  if (present === undefined) requireCsv(unquoted);
  return present ?? ",";
}

/** The first line that says nothing about how the file was written. A line break in quotes ends no line. */
function headerOf(start: string): string {
  const lines = start.replaceAll(/"[^"]*"/g, (cell) => cell.replaceAll(/[\r\n]/g, " ")).split(/[\r\n]+/);
  return lines.find((line) => line.trim() !== "" && !isPrelude(line)) ?? "";
}

function requireCsv(header: string): void {
  // A table that PowerShell has printed; in a line above the header blanks mean nothing.
  const isPrinted = /^\s*ApplicationId {2,}\S| {2}ApplicationId\b/i.test(header);
  const name = isPrinted ? "blanks" : header.includes("|") ? "vertical bars" : undefined;
  if (name !== undefined) throw notCsv(`separated by ${name}`);
}

/** The error for a table that is no CSV; `how` says how its columns are. */
export function notCsv(how: string): GraphError {
  return unreadable(
    `The columns are ${how}; a report has commas. Take the file as it was exported, or save it with commas.`,
  );
}
