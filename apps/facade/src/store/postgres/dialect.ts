import type { Dialect } from "../sql/dialect.ts";
import type { SqlValue } from "../sql/row-values.ts";
import { concatSql, type SqlText } from "../sql/sql-text.ts";
import { textKeyColumn } from "./text-keys.ts";

/** Whether a column of name keys is short enough for the index of names; each of the others is in an index of its own. */
export function isShortName(column: string): string {
  return `(octet_length(${column}) <= 2000)`;
}

/** PostgreSQL's own way. Values have types, since PostgreSQL would guess those of two values side by side. */
export const postgresDialect: Dialect = {
  value: valueSql,
  rowCount: valueSql,
  positionOf: (part, whole) => concatSql("strpos(", whole, ", ", part, ")"),
  endsWith: (whole, end) => concatSql("right(", whole, ", length(", end, ")) = ", end),
  textKey: (column) => `m.${textKeyColumn(column)}`,
  jsonText: (column) => `coalesce(to_json(${column})::text, 'null')`,
  unindexed: (key) => key,
  join: "JOIN",
  appsByName: "mobile_app m",
  // There is one index of short names and one of long ones.
  readsInOrder: false,
  nameBound: (condition) =>
    concatSql(
      `((${isShortName("m.name_key")} AND `,
      condition,
      `) OR (NOT ${isShortName("m.name_key")} AND `,
      condition,
      "))",
    ),
  // A search is cancelled by another connection.
  wanted: "",
};

/** Null takes the type of what it is compared with. */
function valueSql(value: SqlValue): SqlText {
  if (value === null) return { sql: "NULL", values: [] };
  return { sql: typeof value === "number" ? "?::bigint" : '?::text COLLATE "C"', values: [value] };
}

/** The same with PostgreSQL's parameters in place of each `?`. */
export function numberValues({ sql, values }: SqlText): SqlText {
  let number = 0;
  return { sql: sql.replaceAll("?", () => `$${(number += 1)}`), values };
}
