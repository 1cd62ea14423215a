import type { DatabaseSync } from "node:sqlite";
import { textOf } from "../sql/row-values.ts";

/** Has SQLite read every page of a database, and gives what is wrong with them. */
export function readFaults(database: DatabaseSync): readonly string[] {
  return database
    .prepare("PRAGMA integrity_check(20)")
    .all()
    .map((row) => textOf(row, "integrity_check"))
    .filter((found) => found !== "ok");
}
