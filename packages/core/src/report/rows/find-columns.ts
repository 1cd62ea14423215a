import { graphError } from "../../http/graph-error.ts";
import { visibleText } from "../../text/visible-text.ts";

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
  const found = visibleText(header.join(", "), 200);
  throw graphError("BadRequest", `The column ${name} is missing. The file has these columns: ${found}`);
}
