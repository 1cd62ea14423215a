import type { Database } from "./database.ts";
import type { Statement } from "./statement.ts";

/** Has the server look at the tables anew while they grow. */
export interface KeptStatistics {
  /** Notes how many apps were created. */
  note(apps: number): void;
  /** Resolves once the server does not look at them any more. */
  end(): Promise<void>;
}

/** (nothing) */
export const analyzeStatement = {
  name: "",
  text: "ANALYZE mobile_app, install_summary, install_summary_change",
} as const satisfies Statement;

/** After so many new apps the server looks for the first time, and then whenever they have doubled. */
const firstApps = 1000;

/**
 * Keeps the statistics by which the server chooses how to read. Of tables that it has not looked at it takes them for small,
 * and would sort a tenant's apps for each page. By itself it looks about once a minute, when an import is long over.
 */
export function keepStatistics({ use }: Pick<Database, "use">): KeptStatistics {
  let created = 0;
  let next = firstApps;
  let looking: Promise<unknown> = Promise.resolve();
  return {
    note(apps) {
      created += apps;
      if (created < next) return;
      next = created * 2;
      // Where that fails the server looks by itself later.
      looking = use(({ run }) => run(analyzeStatement)).catch(() => undefined);
    },
    async end() {
      await looking;
    },
  };
}
