import { graphError, type GraphError } from "../../http/graph-error.ts";
import { counterNames } from "../../resource/counters.ts";
import { visibleText } from "../../text/visible-text.ts";
import { recognizeTable, wantedReport } from "./recognize-table.ts";

const maxColumns = 200;

/** The index of each column by its name in lower case. Throws `GraphError` 400 for a name that appears twice. */
export function findColumns(header: readonly string[]): ReadonlyMap<string, number> {
  if (header.length > maxColumns) {
    throw graphError("BadRequest", `The header has ${header.length} columns; the maximum is ${maxColumns}.`);
  }
  const columns = new Map<string, number>();
  for (const [index, cell] of header.entries()) {
    const name = cell.trim().toLowerCase();
    const first = name === "" ? undefined : columns.get(name);
    if (first !== undefined) {
      throw graphError(
        "BadRequest",
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
  if (index !== undefined) return index;
  const table = recognizeTable(header);
  throw graphError(
    "BadRequest",
    table === undefined
      ? `The column ${name} is missing. ${listColumns(header)}`
      : `The column ${name} is missing: this looks like ${table}, and the report that is needed is ${wantedReport}.`,
  );
}

/** Whether a column has a counter. */
export function hasCounterColumn(header: readonly string[]): boolean {
  const names = new Set(header.map((name) => name.trim().toLowerCase()));
  return counterNames.some((name) => names.has(name.toLowerCase()));
}

/** The error for a file without one counter: importing it would change nothing and look like a success. */
export function noCounters(header: readonly string[]): GraphError {
  const table = recognizeTable(header);
  const what = "The file has no column of counters such as InstalledDeviceCount";
  return graphError(
    "BadRequest",
    table === undefined
      ? `${what}; the report that is needed is ${wantedReport}. ${listColumns(header)}`
      : `${what}: this looks like ${table}, and the report that is needed is ${wantedReport}.`,
  );
}

function listColumns(header: readonly string[]): string {
  if (header.length === 0) return "The file has no columns.";
  return `The file has these columns: ${visibleText(header.join(", "), 200)}`;
}
