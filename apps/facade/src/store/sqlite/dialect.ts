import { textKey } from "@install-summary/core/service";
import type { DatabaseSync } from "node:sqlite";
import type { Dialect } from "../sql/dialect.ts";
import { concatSql } from "../sql/sql-text.ts";
import { wanted } from "./wanted.ts";

/** Gives a connection the function that makes text keys, for the texts whose keys are not stored. */
export function addTextKey(database: DatabaseSync): void {
  database.function("text_key", { deterministic: true }, (text) =>
    typeof text === "string" ? textKey(text) : null,
  );
}

/** SQLite's own way. */
export const sqliteDialect: Dialect = {
  value: (value) => ({ sql: "?", values: [value] }),
  // By the plus SQLite does not see a parameter, for whose values it would prepare the statement anew each time.
  rowCount: (count) => ({ sql: "+?", values: [count] }),
  positionOf: (part, whole) => concatSql("instr(", whole, ", ", part, ")"),
  // Functions of texts stop at a NUL, which a caller's text can hold; those of bytes do not, and see no empty text.
  endsWith(whole, end) {
    const [bytes, last] = [concatSql("CAST(", whole, " AS BLOB)"), concatSql("CAST(", end, " AS BLOB)")];
    const isLonger = concatSql("length(", bytes, ") > length(", last, ")");
    const lastBytes = concatSql("substr(", bytes, ", length(", bytes, ") - length(", last, ") + 1)");
    return concatSql("iif(", isLonger, ", ", lastBytes, ", ", bytes, ") = ", last);
  },
  textKey: (column) => `text_key(m.${column})`,
  jsonText: (column) => `json_quote(${column})`,
  // A plus keeps SQLite from reading by names all the same.
  unindexed: (key) => `+${key}`,
  // CROSS JOIN keeps SQLite to the order of the tables.
  join: "CROSS JOIN",
  // Without statistics SQLite would read every app.
  appsByName: "mobile_app m INDEXED BY mobile_app_by_name",
  readsInOrder: true,
  nameBound: (condition) => condition,
  wanted,
};
