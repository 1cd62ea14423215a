import { shuttingDown } from "@install-summary/core/service";
import type { PostgresLocation } from "../postgres-location.ts";
import { openConnection, type BorrowedConnection } from "./connection.ts";
import { isConnectionLost, isOfDatabase, isReadOnly, isRefused } from "./postgres-errors.ts";
import { createServers } from "./servers.ts";
import { setForTransaction } from "./session-settings.ts";
import type { Connection, RunStatement, TransactionConnection } from "./statement.ts";

/** The database of a store, through connections that are borrowed and given back. */
export interface Database {
  /** Lends a connection for statements that only read. */
  use<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>;
  /** Lends a connection for statements that read, and one that writes and commits, which is run by `commit`. */
  commitOne<Result>(work: (connection: Connection, commit: RunStatement) => Promise<Result>): Promise<Result>;
  /** Runs a transaction, which is rolled back where `isKept` says no, and where the work throws. */
  transact<Result>(
    work: (connection: TransactionConnection) => Promise<Result>,
    options?: TransactionOptions<Result>,
  ): Promise<Result>;
  /** Ends all connections once they are given back; until then work that has begun goes on. */
  end(): Promise<void>;
  /** Cuts all connections: work that has begun fails, be it that a server is silent, and none begins. */
  cut(): void;
}

/** What a transaction is, where it is not one that is kept and sees what others commit. */
export interface TransactionOptions<Result> {
  readonly isKept?: (result: Result) => boolean;
  /** How long to wait for the response to a statement, in milliseconds. */
  readonly maxMs?: number;
  /** Whether it only reads, and sees the database as it was when it began. */
  readonly isSnapshot?: boolean;
}

/** Which database, and how it is used. */
export interface DatabaseOptions {
  readonly location: PostgresLocation;
  readonly maxConnections: number;
  /**
   * Whether a pooler gives each transaction another session: then nothing is left in a session, neither settings nor
   * prepared statements.
   */
  readonly isPooled: boolean;
}

/** How long to wait for a response, in milliseconds: longer than the server itself takes to give up. */
const usualMs = 8000;

/** Opens a database; connections are made when they are needed. */
export function openDatabase({ isPooled, ...options }: DatabaseOptions): Database {
  const servers = createServers({ ...options, isPooled });
  let isEnded = false;

  const borrow = async <Result>(
    work: (connection: BorrowedConnection) => Promise<Result>,
    maxMs = usualMs,
  ): Promise<Result> => {
    if (isEnded) throw shuttingDown();
    const client = await servers.connect();
    const connection = openConnection(client, { isPrepared: !isPooled, maxMs });
    try {
      return await work(connection);
    } catch (error) {
      // Others may be better off: on the way to a server that takes writes, or to one that responds.
      if (isReadOnly(error) || isConnectionLost(error)) servers.abandon(client);
      throw error;
    } finally {
      client.release(!connection.isIdle());
    }
  };

  const transact: Database["transact"] = (
    work,
    { isKept = () => true, maxMs = usualMs, isSnapshot = false } = {},
  ) =>
    borrow(async (connection) => {
      await connection.run(isSnapshot ? beginSnapshot : begin);
      try {
        if (isPooled) await connection.run(setInTransaction);
        const result = await work(connection);
        if (isKept(result)) await connection.runCommitting(commit);
        else await connection.run(rollback);
        return result;
      } catch (error) {
        // A connection that fails is not given to the next one, and its transaction ends with it.
        if (isRefused(error) || !isOfDatabase(error)) await connection.run(rollback).catch(() => undefined);
        throw error;
      }
    }, maxMs);

  return {
    use: (work) => borrow(work),
    commitOne: (work) =>
      isPooled
        ? transact((connection) => work(connection, connection.run))
        : borrow((connection) => work(connection, connection.runCommitting)),
    transact,
    end() {
      isEnded = true;
      return servers.end();
    },
    cut() {
      isEnded = true;
      servers.cut();
    },
  };
}

const begin = { name: "", text: "BEGIN ISOLATION LEVEL READ COMMITTED" };
const beginSnapshot = { name: "", text: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" };
const commit = { name: "", text: "COMMIT" };
const rollback = { name: "", text: "ROLLBACK" };
const setInTransaction = { name: "", text: setForTransaction };
