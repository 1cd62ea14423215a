import type { GraphError } from "../../http/graph-error.ts";
import { visibleText } from "../../text/visible-text.ts";
import { recognizeTable, wantedReport } from "./recognize-table.ts";
import { unreadable } from "../input/unreadable.ts";

const maxColumns = 200;

/** The index of each column by its name in lower case. Throws `GraphError` 400 for a name that appears twice. */
export function findColumns(header: readonly string[]): ReadonlyMap<string, number> {
  if (header.length > maxColumns) {
    throw unreadable(`The header has ${header.length} columns; the maximum is ${maxColumns}.`);
  }
  const columns = new Map<string, number>();
  for (const [index, cell] of header.entries()) {
    const name = cell.trim().toLowerCase();
    const first = name === "" ? undefined : columns.get(name);
    if (first !== undefined) {
      throw unreadable(
        `The column '${visibleText(cell.trim(), 64)}' appears twice (columns ${first + 1} and ${index + 1}).`,
      );
    }
    columns.set(name, index);
  }
  return columns;
}

/** The index of a column that every report has. Throws `GraphError` 400 if it is missing. */
export function requireColumn(
  name: string,
  columns: ReadonlyMap<string, number>,
  header: readonly string[],
): number {
  const index = columns.get(name.toLowerCase());
  if (index === undefined) throw missing(`The column ${name} is missing`, "", header);
  return index;
}

/** The error for a file without one counter: importing it would change nothing and look like a success. */
export function noCounters(header: readonly string[]): GraphError {
  const what = "The file has no column of counters such as InstalledDeviceCount";
  return missing(what, `; the report that is needed is ${wantedReport}`, header);
}

/** The error for a header that lacks something; `advice` is for one of a table that is not recognised. */
function missing(what: string, advice: string, header: readonly string[]): GraphError {
  const table = recognizeTable(header);
  return unreadable(
    table === undefined
      ? `${what}${advice}. ${listColumns(header)}`
      : `${what}: this looks like ${table}, and the report that is needed is ${wantedReport}.`,
  );
}

function listColumns(header: readonly string[]): string {
  return header.length === 0
    ? "The file has no columns."
    : `The file has these columns: ${visibleText(header.join(", "), 200)}`;
}
