import { graphError } from "../../http/graph-error.ts";
import { visibleText } from "../../text/visible-text.ts";

const mostColumns = 200;

/** Where each column stands, by its name in lower case. Throws `GraphError` 400 for a name that stands twice. */
export function findColumns(header: readonly string[]): ReadonlyMap<string, number> {
  if (header.length > mostColumns) {
    throw graphError(
      "BadRequest",
      `The header has ${header.length} columns; at most ${mostColumns} are read.`,
    );
  }
  const columns = new Map<string, number>();
  for (const [at, cell] of header.entries()) {
    const name = cell.trim().toLowerCase();
    const first = name === "" ? undefined : columns.get(name);
    if (first !== undefined) {
      throw graphError(
        "BadRequest",
        `The column '${visibleText(cell.trim(), 64)}' stands there twice, as column ${first + 1} and as column ${at + 1}.`,
      );
    }
    columns.set(name, at);
  }
  return columns;
}

/** Where a column stands that the report cannot do without. */
export function requireColumn(
  name: string,
  columns: ReadonlyMap<string, number>,
  header: readonly string[],
): number {
  const at = columns.get(name.toLowerCase());
  if (at !== undefined) return at;
  const found = visibleText(header.join(", "), 200);
  throw graphError("BadRequest", `There is no ${name} among the columns: ${found}`);
}
