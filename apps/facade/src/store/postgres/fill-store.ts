import { untilStopped } from "../../files/until-stopped.ts";
import { UserError } from "@install-summary/command-line/errors";
import { setImmediate } from "node:timers/promises";
import type { PostgresLocation } from "../postgres-location.ts";
import type { GroupRows } from "../sql/group.ts";
import type { StorePart } from "../sql/store-part.ts";
import { openDatabase } from "./database.ts";
import { analyzeTables } from "./keep-statistics.ts";
import { openStoreDatabase, readSchema } from "./open-store-database.ts";
import { sqlState } from "./postgres-errors.ts";
import { storeTable } from "./schema.ts";
import { startFault } from "./start-fault.ts";
import type { Connection, Statement, TransactionConnection } from "./statement.ts";
import { writeRows, writeStatements } from "./write-statements.ts";

/** The statements that fill an empty store. */
export const fillStatements = {
  /** Of those that fill a store at the same time one does it, and the others are told so at once. In milliseconds. */
  impatience: { name: "", text: "SET LOCAL lock_timeout = 500" },
  lock: { name: "", text: `UPDATE ${storeTable} SET schema = schema WHERE id = 1` },
  isUsed: {
    name: "",
    text: `SELECT EXISTS (SELECT 1 FROM change_feed) OR EXISTS (SELECT 1 FROM mobile_app)
      OR EXISTS (SELECT 1 FROM erased_tenant) AS is_used`,
  },
  /** (digests, last sequences, erased versions) */
  insertErased: {
    name: "",
    text: `INSERT INTO erased_tenant (digest, last, erased_version)
      SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[])`,
  },
} as const satisfies Readonly<Record<string, Statement>>;

/** Milliseconds that a statement of it may take. */
const longestStatement = 3_600_000;

/** Which empty database is filled. */
export interface FillTarget {
  readonly location: PostgresLocation;
  /** Whether a pooler in front of the server gives each transaction another session. */
  readonly isPooled: boolean;
}

/** Which database is filled, and what ends it: it then throws the signal's reason, and the database stays empty. */
export interface FillOptions extends FillTarget {
  readonly signal: AbortSignal;
}

/** Throws `UserError` for a database that `fillStore` would refuse, and changes nothing. */
export async function checkFillable({ location, isPooled }: FillTarget): Promise<void> {
  const database = openDatabase({ location, maxConnections: 1, isPooled });
  try {
    await database.transact(
      async (connection) => {
        if ((await readSchema(connection, location)) > 0) await holdEmpty(connection, location);
      },
      { isKept: () => false },
    );
  } catch (error) {
    throw startFault(error, location);
  } finally {
    await database.end();
  }
}

/**
 * Fills an empty database with a store, in one transaction. Throws `UserError` for a database that cannot be used, and for a
 * store that holds anything.
 */
export async function fillStore(
  parts: Iterable<StorePart>,
  { location, isPooled, signal }: FillOptions,
): Promise<void> {
  const database = openDatabase({ location, maxConnections: 1, isPooled });
  try {
    await untilStopped(openStoreDatabase(database, location, false), signal);
    await database.transact(
      async (connection) => {
        await holdEmpty(connection, location);
        for (const part of parts) {
          await write(connection, part);
          // Signals are heard in between.
          await setImmediate();
          signal.throwIfAborted();
        }
      },
      { maxMs: longestStatement },
    );
    await analyzeTables(database);
  } catch (error) {
    throw startFault(error, location);
  } finally {
    // What was left alone may keep its connection.
    await untilStopped(database.end(), signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

/** Keeps others from filling a store that holds nothing until the transaction ends. */
async function holdEmpty({ run }: Connection, location: PostgresLocation): Promise<void> {
  await run(fillStatements.impatience);
  try {
    await run(fillStatements.lock);
  } catch (error) {
    throw sqlState(error) === "55P03" ? beingFilled(location) : error;
  }
  const { rows } = await run(fillStatements.isUsed);
  if (rows[0]?.["is_used"] !== false) throw notEmpty(location);
}

async function write(connection: TransactionConnection, part: StorePart): Promise<void> {
  const put = (rows: Partial<GroupRows> & { readonly tenantId: string }): Promise<void> =>
    writeRows(connection, rows.tenantId, { apps: [], summaries: [], changes: [], feeds: [], ...rows });
  switch (part.kind) {
    case "tenant": {
      const { feed } = part;
      await connection.run(writeStatements.lockOrBegin, [feed.tenantId]);
      return put({ tenantId: feed.tenantId, feeds: [feed] });
    }
    case "erased": {
      const { erased } = part;
      const columns = [
        erased.map(({ digest }) => digest),
        erased.map(({ last }) => last),
        erased.map(({ erasedVersion }) => erasedVersion),
      ];
      await connection.run(fillStatements.insertErased, columns);
      return;
    }
    case "apps":
    case "summaries":
    case "changes":
      return put(part);
  }
}

function beingFilled({ database }: PostgresLocation): UserError {
  return new UserError(
    `Another restore is filling the database ${database}. Nothing was restored; wait for it, or name another database.`,
  );
}

function notEmpty({ database }: PostgresLocation): UserError {
  return new UserError(
    `The database ${database} holds a store with apps or changes, and was left as it is. A backup is restored into an empty database: name one.`,
  );
}
