import type { Connection, Connector } from "./connection.ts";
import { serviceFault, shuttingDown, sqliteCode, sqliteCodes, unavailable } from "./faults.ts";
import { createTransaction, type Transaction } from "./transaction.ts";

/** Commits what arrives at the same time together, so that many changes wait for one disk. */
export interface GroupCommit {
  /**
   * Runs work inside the next transaction and resolves to its value once that is durable. If the work throws,
   * only its caller learns of it, so it writes after everything that may throw.
   */
  add<Result>(work: (transaction: Transaction) => Result): Promise<Result>;
  /** Takes no more work and resolves when what was taken is done. */
  end(): Promise<void>;
}

interface Write {
  run(transaction: Transaction): void;
  settle(): void;
  fail(error: unknown): void;
}

/** At most `most` writes wait at a time; the next one is refused. */
export function createGroupCommit(connector: Connector, most: number): GroupCommit {
  let waiting: Write[] = [];
  let committing: Promise<void> | undefined;
  let ended = false;

  const commitWaiting = (connection: Connection): void => {
    if (!connection.inPlace()) throw moved();
    connection.statements.begin.run();
    // Only now, so that whatever arrived while another process held the file comes along.
    const group = waiting;
    waiting = [];
    try {
      commit(connection, group);
    } catch (error) {
      if (connection.database.isTransaction) connection.statements.rollback.run();
      for (const write of group) write.fail(serviceFault(error));
      // What SQLite knows of the file may be wrong after a failed fsync.
      if (sqliteCode(error) === sqliteCodes.io) connector.drop();
    }
  };

  const drain = async (): Promise<void> => {
    // Requests that are read in this turn of the event loop make one group; without company none waits.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      try {
        await connector.use(commitWaiting);
      } catch (error) {
        const group = waiting;
        waiting = [];
        for (const write of group) write.fail(serviceFault(error));
      }
      await new Promise(setImmediate);
    }
    committing = undefined;
  };

  return {
    add(work) {
      if (ended) return Promise.reject(shuttingDown());
      if (waiting.length >= most) return Promise.reject(tooMany());
      const { promise, write } = createWrite(work);
      waiting.push(write);
      committing ??= drain();
      return promise;
    },
    async end() {
      ended = true;
      await committing;
    },
  };
}

function commit({ statements }: Connection, group: readonly Write[]): void {
  const transaction = createTransaction(statements);
  for (const write of group) write.run(transaction);
  transaction.finish();
  statements.commit.run();
  for (const write of group) write.settle();
}

function createWrite<Result>(work: (transaction: Transaction) => Result): {
  readonly promise: Promise<Result>;
  readonly write: Write;
} {
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  let settle = (): void => reject(new Error("a write was settled before it ran"));
  const run = (transaction: Transaction): void => {
    try {
      const result = work(transaction);
      settle = () => resolve(result);
    } catch (error) {
      // A statement that fails may have left half a change: then the whole transaction goes.
      if (sqliteCode(error) !== undefined) throw error;
      settle = () => reject(error);
    }
  };
  return { promise, write: { run, settle: () => settle(), fail: reject } };
}

function tooMany(): Error {
  return unavailable("Too many changes are waiting. Please retry again later.", 1);
}

function moved(): Error {
  return unavailable("The store's file is not in its place any more. Nothing was changed.", 60);
}
