import type { Database } from "./database.ts";
import { serviceFault } from "./faults.ts";
import { retrying } from "./retrying.ts";
import type { Connection } from "./statement.ts";

/** Reads on a borrowed connection, and again on another one where that was lost. Rejects with a 503. */
export type Reader = <Result>(work: (connection: Connection) => Promise<Result>) => Promise<Result>;

/** Makes what reads from a database. */
export function createReader(database: Database): Reader {
  return async (work) => {
    try {
      return await retrying(() => database.use(work));
    } catch (error) {
      throw serviceFault(error, "read");
    }
  };
}
