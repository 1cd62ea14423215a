import type { PostgresLocation } from "../postgres-location.ts";
import { openConnection, type BorrowedConnection } from "./connection.ts";
import { createServers } from "./servers.ts";
import type { Connection } from "./statement.ts";

/** The database of a store, through connections that are borrowed and given back. */
export interface Database {
  /** Lends a connection, on which each statement commits by itself. */
  use<Result>(work: (connection: BorrowedConnection) => Promise<Result>): Promise<Result>;
  /** Runs a transaction, which is rolled back where `isKept` says no, and where the work throws. */
  transact<Result>(
    work: (connection: Connection) => Promise<Result>,
    isKept: (result: Result) => boolean,
  ): Promise<Result>;
  end(): Promise<void>;
}

/** Which database, and how it is used. */
export interface DatabaseOptions {
  readonly location: PostgresLocation;
  readonly maxConnections: number;
}

/** Milliseconds after which a response is no longer waited for: later than the server itself gives up. */
const maxMs = 8000;

/** Opens a database; connections are made when they are needed. */
export function openDatabase(options: DatabaseOptions): Database {
  const servers = createServers(options);

  const use: Database["use"] = async (work) => {
    const client = await servers.connect();
    const connection = openConnection(client, { isPrepared: true, maxMs });
    try {
      return await work(connection);
    } finally {
      client.release(!connection.isIdle());
    }
  };

  return {
    use,
    transact: (work, isKept) =>
      use(async (connection) => {
        await connection.run(begin);
        try {
          const result = await work(connection);
          if (isKept(result)) await connection.runCommitting(commit);
          else await connection.run(rollback);
          return result;
        } catch (error) {
          await connection.run(rollback).catch(() => undefined);
          throw error;
        }
      }),
    end: () => servers.end(),
  };
}

const begin = { name: "begin", text: "BEGIN ISOLATION LEVEL READ COMMITTED" };
const commit = { name: "commit", text: "COMMIT" };
const rollback = { name: "rollback", text: "ROLLBACK" };
