import type { DatabaseSync } from "node:sqlite";

/** Reads all that an action reads at one moment, whatever others commit meanwhile: in the transaction that is open, or one of its own. */
export function atOneMoment<Result>(database: DatabaseSync, read: () => Result): Result {
  if (database.isTransaction) return read();
  database.exec("BEGIN");
  try {
    return read();
  } finally {
    if (database.isTransaction) database.exec("COMMIT");
  }
}
