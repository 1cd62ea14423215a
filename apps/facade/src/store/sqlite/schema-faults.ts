import { DatabaseSync } from "node:sqlite";
import { textOf } from "../sql/row-values.ts";
import { migrations } from "./schema.ts";

/**
 * Compares the tables and columns of a store with those that its schema has, and yields a sentence for each fault: the
 * number of the schema alone may have been changed, and the next start would then migrate what needs none.
 */
export function* schemaFaults(database: DatabaseSync, schema: number): Generator<string> {
  using model = new DatabaseSync(":memory:");
  for (const step of migrations.slice(0, schema)) model.exec(step);
  const [expected, found] = [columnsOf(model), columnsOf(database)];
  for (const column of expected) {
    if (!found.has(column))
      yield `The store says that its schema is ${schema}, and the column ${column} is missing.`;
  }
  // Tables of other programs, such as those that copy the file, may be there.
  const tables = new Set([...expected].map(tableOf));
  for (const column of found) {
    if (!expected.has(column) && tables.has(tableOf(column)))
      yield `The store says that its schema is ${schema}, and it has the column ${column} of another one.`;
  }
}

function tableOf(column: string): string {
  return column.slice(0, column.indexOf("."));
}

/** Each column as `table.column TYPE`. */
function columnsOf(database: DatabaseSync): ReadonlySet<string> {
  const rows = database
    .prepare(
      `SELECT t.name || '.' || c.name || ' ' || c.type AS name FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid`,
    )
    .all();
  return new Set(rows.map((row) => textOf(row, "name")));
}
