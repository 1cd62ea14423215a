import { setTimeout as delay } from "node:timers/promises";
import { wholeOf } from "../sql/row-values.ts";
import type { Database } from "./database.ts";
import { sqlState } from "./postgres-errors.ts";
import { migrations, storeTable } from "./schema.ts";

/** Milliseconds for which an instance waits until another one has migrated. */
const patience = 60_000;
/** Milliseconds that one step may take. */
const longestStep = 3_600_000;

/**
 * Makes an empty database a store of this version, and takes an older store forward. Where several instances do so at the
 * same time, one does it, and the others wait for it.
 */
export async function migrate(database: Database, steps: readonly string[] = migrations): Promise<void> {
  const end = performance.now() + patience;
  for (;;) {
    try {
      return await takeSteps(database, steps);
    } catch (error) {
      if (!isRaced(error) || performance.now() > end) throw error;
      await delay(50 + 100 * Math.random());
    }
  }
}

function takeSteps(database: Database, steps: readonly string[]): Promise<void> {
  return database.transact(
    async (connection) => {
      const run = (text: string) => connection.run({ name: "", text });
      // A step may take long, and so may the wait for another instance that is at it.
      await run("SET LOCAL statement_timeout = 0");
      await run(`SET LOCAL lock_timeout = ${patience}`);
      await run(
        `CREATE TABLE IF NOT EXISTS ${storeTable} (id integer PRIMARY KEY CHECK (id = 1), schema integer NOT NULL)`,
      );
      await run(`INSERT INTO ${storeTable} (id, schema) VALUES (1, 0) ON CONFLICT (id) DO NOTHING`);
      // The lock of the row keeps the others waiting.
      const { rows } = await run(`UPDATE ${storeTable} SET schema = schema WHERE id = 1 RETURNING schema`);
      const schema = wholeOf(rows[0] ?? {}, "schema");
      for (const step of steps.slice(schema)) await run(step);
      await run(`UPDATE ${storeTable} SET schema = ${steps.length} WHERE id = 1`);
    },
    { maxMs: longestStep },
  );
}

/** What one meets that creates a table at the same time as another, or waits for its lock. */
const raced: readonly (string | undefined)[] = ["23505", "42P07", "42710", "55P03", "40001", "40P01"];

function isRaced(error: unknown): boolean {
  return raced.includes(sqlState(error));
}
