import { graphError } from "@install-summary/core";
import { createSearchLine, type Searcher } from "../sql/search-line.ts";
import { wholeOf } from "../sql/row-values.ts";
import type { Database } from "./database.ts";
import { serviceFault } from "./faults.ts";
import { sqlState } from "./postgres-errors.ts";
import { retrying } from "./retrying.ts";
import type { Connection, Statement } from "./statement.ts";

/**
 * Runs what may read a whole tenant, on few of the store's connections: one search of each user at a time, and users have
 * their turns alternately.
 */
export interface Searches {
  /** Reads when it is its turn. Where the caller goes away the server is told to stop. */
  run<Result>(by: Searcher, read: (connection: Connection) => Promise<Result>): Promise<Result>;
  /** Rejects the searches that wait with a 503, and resolves once those that run have ended. */
  end(): Promise<void>;
}

/** Where searches run. */
export interface SearchesOptions {
  readonly database: Database;
  /** The maximum number of the store's connections; searches get up to a quarter of them. */
  readonly maxConnections: number;
  readonly maxWaiting?: number;
  /** How long one statement of a search may take, in milliseconds. @default 20000 */
  readonly maxMs?: number;
}

/** The statements of a search beside its own. */
export const searchStatements = {
  /** (milliseconds): bounds a search, and says which process of the server runs it */
  bound: {
    name: "bound-search",
    text: "SELECT pg_backend_pid() AS pid, set_config('statement_timeout', $1, true)",
  },
  /** (process) */
  cancel: { name: "cancel-search", text: "SELECT pg_cancel_backend($1::integer)" },
} as const satisfies Readonly<Record<string, Statement>>;

const maxShare = 4;

/** Creates what runs searches in a database. */
export function createSearches({
  database,
  maxConnections,
  maxWaiting,
  maxMs = 20_000,
}: SearchesOptions): Searches {
  const share = Math.max(1, Math.floor(maxConnections / 4));
  const line = createSearchLine({ maxRunning: Math.min(share, maxShare), maxWaiting });

  const cancel = async (pid: number): Promise<void> => {
    // Where that fails the server itself ends the search after a while.
    const cancelling = database.use((connection) => connection.run(searchStatements.cancel, [pid]));
    await cancelling.catch(() => undefined);
  };

  const search = <Result>(
    read: (connection: Connection) => Promise<Result>,
    gone: AbortSignal,
  ): Promise<Result> =>
    database.transact(
      async (connection) => {
        const { rows } = await connection.run(searchStatements.bound, [String(maxMs)]);
        const pid = wholeOf(rows[0] ?? {}, "pid");
        let cancelling: Promise<void> | undefined;
        const onGone = (): void => {
          cancelling = cancel(pid);
        };
        gone.addEventListener("abort", onGone, { once: true });
        try {
          return await read(whileWanted(connection, gone));
        } catch (error) {
          throw sqlState(error) === cancelled ? tooLong(maxMs, error) : error;
        } finally {
          gone.removeEventListener("abort", onGone);
          // What comes late would stop the next one that uses this connection.
          await cancelling;
        }
      },
      { isKept: () => false, maxMs: maxMs + 3000 },
    );

  return {
    run: (by, read) =>
      line.run(by, async (gone) => {
        try {
          return await retrying(() => search(read, gone));
        } catch (error) {
          throw serviceFault(error, "read");
        }
      }),
    end: () => line.end(),
  };
}

/** The connection until the caller has gone: a cancel that comes between two statements stops neither. */
function whileWanted({ run }: Connection, gone: AbortSignal): Connection {
  return {
    async run(statement, values) {
      gone.throwIfAborted();
      return run(statement, values);
    },
  };
}

const cancelled = "57014";

function tooLong(maxMs: number, cause: unknown): Error {
  const message = `The search took more than ${maxMs / 1000} seconds. Search for less, or filter by names or ids.`;
  return graphError("GatewayTimeout", message, { cause });
}
