import type { SqlValue } from "../sql/row-values.ts";
import { storable, type ArrayColumn } from "./row-arrays.ts";

/**
 * Rows of a tenant in the text format of COPY: a line for each row, with the tenant first.
 * Source: https://www.postgresql.org/docs/18/sql-copy.html
 */
export function linesOf<Row>(
  columns: readonly ArrayColumn<Row>[],
  tenantId: string,
  rows: readonly Row[],
): string {
  const first = formatCell(tenantId);
  let lines = "";
  for (const row of rows) {
    lines += first;
    for (const { valueOf } of columns) lines += `\t${formatCell(storable(valueOf(row)))}`;
    lines += "\n";
  }
  return lines;
}

function formatCell(value: SqlValue): string {
  if (value === null) return "\\N";
  if (typeof value !== "string") return String(value);
  return value.replaceAll(/[\\\t\n\r]/g, (special) => escapes[special] ?? special);
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
