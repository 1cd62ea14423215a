import { isIdColumn } from "../rows/column-names.ts";
import { notCsv } from "./find-separator.ts";

/** Throws `GraphError` 400 for a header whose quotes are around all of its columns, or part of their names. */
export function requireSplitHeader(header: readonly string[]): void {
  const [first = "", ...others] = header.filter((cell) => cell.trim() !== "");
  // A spreadsheet that has not split the lines of a file saves them so.
  const inside = first.split(/[,;\t]/);
  if (others.length === 0 && inside.length > 1 && inside.some(isIdColumn))
    throw notCsv("together in one quoted cell of each line");
  if (header.some((cell) => /^\s+"/.test(cell)))
    throw notCsv("separated by blanks too, so that quotes are part of their names");
}
