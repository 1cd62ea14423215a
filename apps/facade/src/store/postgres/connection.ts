import { DatabaseError, type PoolClient } from "./pg.ts";
import { ConnectionLost, isRefused, UnknownOutcome } from "./postgres-errors.ts";
import { sendCopy, type SentResult } from "./send-copy.ts";
import type { RunStatement, StatementResult, TransactionConnection } from "./statement.ts";

/** A borrowed connection. */
export interface BorrowedConnection extends TransactionConnection {
  /** As `run`, for what commits: throws `UnknownOutcome` where it may have been committed all the same. */
  readonly runCommitting: RunStatement;
  /** True while it can be used by the next one: no statement runs on it, and no transaction is open. */
  isIdle(): boolean;
}

/** How statements are run on a connection. */
export interface ConnectionOptions {
  /** Whether the server keeps the statements that were parsed, under their names. */
  readonly isPrepared: boolean;
  /** How long to wait for a response, in milliseconds. */
  readonly maxMs: number;
}

/** Runs statements on a client of the pool. */
export function openConnection(
  client: PoolClient,
  { isPrepared, maxMs }: ConnectionOptions,
): BorrowedConnection {
  let isBroken = false;
  const send = async (query: () => Promise<SentResult>): Promise<StatementResult> => {
    try {
      const { rows, rowCount } = await within(query(), maxMs);
      return { rows, count: rowCount ?? 0 };
    } catch (error) {
      isBroken ||= !isRefused(error);
      throw error instanceof DatabaseError
        ? error
        : new ConnectionLost("The connection was lost.", { cause: error });
    }
  };
  const run: RunStatement = ({ name, text }, values = []) => {
    const isNamed = isPrepared && name !== "";
    const config = { ...(isNamed && { name }), text, values: [...values] };
    return send(() => client.query<Record<string, unknown>>(config));
  };
  return {
    run,
    async copy({ text }, lines) {
      await send(() => sendCopy(client, text, lines));
    },
    async runCommitting(statement, values) {
      let isUnreplicated = false;
      const onNotice = ({ code }: { readonly code: string | undefined }): void => {
        isUnreplicated ||= code === unreplicated;
      };
      client.on("notice", onNotice);
      try {
        const result = await run(statement, values);
        if (!isUnreplicated) return result;
      } catch (error) {
        if (isRefused(error)) throw error;
        throw new UnknownOutcome("The commit was not confirmed.", { cause: error });
      } finally {
        client.off("notice", onNotice);
      }
      throw new UnknownOutcome("The commit was confirmed by no standby.");
    },
    isIdle: () => !isBroken && client.getTransactionStatus() === "I",
  };
}

/** The code of the warning that a commit is on this server, and may be on no other. */
const unreplicated = "01000";

/** Rejects once the time is over; what was waited for is then left to itself. */
async function within<Result>(sent: Promise<Result>, maxMs: number): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("The server did not respond in time.")), maxMs);
  try {
    return await Promise.race([sent, late]);
  } finally {
    clearTimeout(timer);
    sent.catch(() => undefined);
  }
}
