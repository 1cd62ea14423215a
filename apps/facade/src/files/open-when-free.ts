import type { DatabaseSync } from "node:sqlite";
import { whenFree } from "./when-free.ts";

/** Opens a database to read it as soon as no other program has it locked, or until a signal ends the waiting with its reason. */
export function openWhenFree(
  open: () => DatabaseSync,
  signal: AbortSignal | undefined,
): Promise<DatabaseSync> {
  return whenFree(
    () => {
      const database = open();
      try {
        // The first read is what meets a lock.
        database.exec("SELECT count(*) FROM sqlite_schema");
        return database;
      } catch (error) {
        database.close();
        throw error;
      }
    },
    { signal },
  );
}
