import { shuttingDown } from "@install-summary/core/service";
import { DatabaseError, Pool, type ClientBase, type PoolClient } from "./pg.ts";
import type { PostgresHost, PostgresLocation } from "../postgres-location.ts";
import { AllInUse, NoConnection, sqlState } from "./postgres-errors.ts";
import { setForSession } from "./session-settings.ts";
import { checkFiles, connectionOptions } from "./connection-options.ts";
import { PlainClient } from "./plain-client.ts";
import { createSockets } from "./sockets.ts";

/** Connections to the one server that takes writes. */
export interface Servers {
  /** Borrows a connection. Rejects within seconds when no server is reached or all connections are in use. */
  connect(): Promise<PoolClient>;
  /** Gives up the server of a connection that has failed: the next connection looks for one that takes writes. */
  abandon(client: PoolClient): void;
  /** Ends all connections once they are given back. */
  end(): Promise<void>;
  /** Cuts all connections, also those that are lent: what waits for a response on one fails. */
  cut(): void;
}

/** Where the servers are, and how many connections are made to one. */
export interface ServersOptions {
  readonly location: PostgresLocation;
  readonly maxConnections: number;
  /** Whether a pooler is in front of the server, so that no setting lasts in a session. */
  readonly isPooled: boolean;
}

/** How long one that wants a connection waits, in milliseconds. */
const patience = 2000;
/** Milliseconds between two looks for a server: the first, and the longest after further failures. */
const [firstPause, longestPause] = [100, 1000];

/** Creates the connections; they are made when they are needed. */
export function createServers({ location, maxConnections, isPooled }: ServersOptions): Servers {
  checkFiles(location);
  /** In the order in which they are tried: the one that was left last comes last. */
  let hosts = location.hosts;
  let current: Pool | undefined;
  let looking: Promise<Pool> | undefined;
  let pause = firstPause;
  let failure: { readonly error: unknown; readonly until: number } | undefined;
  let isEnded = false;
  const sockets = createSockets();
  const ending = new Set<Promise<void>>();
  const pools = new WeakMap<ClientBase, Pool>();
  const hostOf = new WeakMap<Pool, PostgresHost>();

  const leave = (pool: Pool): void => {
    if (current === pool) {
      current = undefined;
      const left = hostOf.get(pool);
      // It may go on taking writes that no standby confirms, while another server is the primary already.
      hosts = hosts.toSorted((one, other) => Number(one === left) - Number(other === left));
    }
    if (pool.ending) return;
    const ended = pool.end();
    ending.add(ended);
    void ended.finally(() => ending.delete(ended));
  };

  const open = (host: PostgresHost): Pool => {
    const pool = new Pool({
      ...connectionOptions(location, host),
      Client: PlainClient,
      stream: () => sockets.open(),
      max: maxConnections,
      connectionTimeoutMillis: patience,
      idleTimeoutMillis: 60_000,
      onConnect: (client) => prepareClient(client, isPooled),
    });
    // A connection that ends while no one uses it is taken out of the pool; nothing else is to be done.
    pool.on("error", () => undefined);
    return pool;
  };

  /** The first server that takes writes. */
  const find = async (): Promise<Pool> => {
    const errors: unknown[] = [];
    for (const host of hosts) {
      if (isEnded) break;
      let pool: Pool | undefined;
      try {
        pool = open(host);
        hostOf.set(pool, host);
        (await pool.connect()).release();
        return pool;
      } catch (error) {
        errors.push(error);
        if (pool !== undefined) leave(pool);
      }
    }
    // What a server says is worth more than that another one was not reached.
    throw errors.find((error) => error instanceof DatabaseError) ?? errors[0] ?? shuttingDown();
  };

  const look = async (): Promise<Pool> => {
    try {
      const pool = await find();
      [pause, failure] = [firstPause, undefined];
      if (isEnded) leave(pool);
      else current = pool;
      return pool;
    } catch (error) {
      failure = { error, until: performance.now() + pause };
      pause = Math.min(2 * pause, longestPause);
      throw error;
    } finally {
      looking = undefined;
    }
  };

  const choose = (): Promise<Pool> => {
    if (current !== undefined) return Promise.resolve(current);
    if (failure !== undefined && performance.now() < failure.until) return Promise.reject(failure.error);
    looking ??= look();
    return looking;
  };

  const connect = async (): Promise<PoolClient> => {
    let pool: Pool | undefined;
    try {
      pool = await choose();
      const client = await pool.connect();
      pools.set(client, pool);
      return client;
    } catch (error) {
      if (isAllInUse(error) && pool?.ending === false) {
        throw new AllInUse("All connections are in use.", { cause: error });
      }
      // The server is gone, or has become one that only reads; where it has no room for more, its connections are good.
      if (pool !== undefined && sqlState(error) !== "53300") leave(pool);
      throw new NoConnection("No server was reached.", { cause: error });
    }
  };

  return {
    connect: () => inTime(connect()),
    abandon(client) {
      const pool = pools.get(client);
      if (pool !== undefined) leave(pool);
    },
    async end() {
      isEnded = true;
      await looking?.catch(() => undefined);
      if (current !== undefined) leave(current);
      await Promise.all(ending);
      await sockets.end();
    },
    cut() {
      isEnded = true;
      sockets.cut();
    },
  };
}

/** Makes a new connection one of this program: on a server that takes writes, with the program's settings. */
async function prepareClient(client: ClientBase, isPooled: boolean): Promise<void> {
  // Without a listener the end of a connection would end the process.
  client.on("error", () => undefined);
  const { rows } = await client.query<{ is_standby: boolean }>(
    bounded("SELECT pg_is_in_recovery() AS is_standby"),
  );
  if (rows[0]?.is_standby !== false) throw new Error("The server is a standby, which only reads.");
  if (!isPooled) await client.query(bounded(setForSession));
}

/** A server that goes silent once it has taken a connection is as good as one that is not reached. */
function bounded(text: string): { readonly text: string; readonly query_timeout: number } {
  return { text, query_timeout: patience };
}

/** The pool's own error, which has no code. */
function isAllInUse(error: unknown): boolean {
  return error instanceof Error && error.message === "timeout exceeded when trying to connect";
}

/** Rejects after a while; the search for a server goes on for the next one that wants a connection. */
async function inTime(connecting: Promise<PoolClient>): Promise<PoolClient> {
  let isLate = false;
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    isLate = true;
    reject(new NoConnection("No server was reached in time."));
  }, patience + 100);
  connecting.then(
    (client) => isLate && client.release(),
    () => undefined,
  );
  try {
    return await Promise.race([connecting, late]);
  } finally {
    clearTimeout(timer);
  }
}
