import type { Database } from "./database.ts";
import type { Statement } from "./statement.ts";

/** Notes how many apps were created, and has the server look at the tables anew while they grow. */
export type NoteCreated = (apps: number) => void;

/** (nothing) */
export const analyzeStatement = {
  name: "",
  text: "ANALYZE mobile_app, install_summary, install_summary_change",
} as const satisfies Statement;

/** After so many new apps the server looks for the first time, and then whenever there are so many times as many. */
const firstApps = 1000;
const growth = 4;

/** Keeps the statistics by which the server chooses how to read. */
export function keepStatistics(database: Pick<Database, "use">): NoteCreated {
  let created = 0;
  let next = firstApps;
  return (apps) => {
    created += apps;
    if (created < next) return;
    next = created * growth;
    void analyzeTables(database);
  };
}

/**
 * Has the server look at the tables. It takes tables for small at which it has not looked, and would sort a tenant's apps for
 * each page. By itself it looks about once a minute, when an import is long over.
 */
export async function analyzeTables({ use }: Pick<Database, "use">): Promise<void> {
  // Where that fails the server looks by itself later.
  await use(({ run }) => run(analyzeStatement)).catch(() => undefined);
}
