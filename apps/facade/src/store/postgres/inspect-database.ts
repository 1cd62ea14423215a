import type { PostgresLocation } from "../postgres-location.ts";
import { startLogCheck } from "../sql/check-change-log.ts";
import { selectSummary } from "../sql/columns.ts";
import { feedOfRow } from "../sql/feed.ts";
import { logRowOf, summaryEndOf } from "../sql/history-rows.ts";
import { textOf, type SqlRow } from "../sql/row-values.ts";
import {
  contentOfRow,
  createFaultList,
  selectContent,
  unpaired,
  type FaultList,
  type StoreReport,
} from "../sql/store-report.ts";
import { openDatabase } from "./database.ts";
import { readSchema } from "./open-store-database.ts";
import { migrations } from "./schema.ts";
import { startFault } from "./start-fault.ts";
import type { Connection, Statement, StatementValue } from "./statement.ts";

/** How many rows are read at a time. */
const rowsAtOnce = 2000;
/** Milliseconds that a statement of it may take: it may read a whole table. */
const longestStatement = 3_600_000;

/** The statements that read a whole store, in one snapshot. Those with a limit go on behind a key. */
export const inspectStatements = {
  patience: { name: "", text: `SET LOCAL statement_timeout = ${longestStatement}` },
  feeds: { name: "", text: "SELECT tenant_id, last, removed, erased_version FROM change_feed" },
  /** (tenant, sequence, limit) */
  changes: {
    name: "",
    text: `SELECT tenant_id, sequence, previous_sequence, app_id, version, origin, before, after
      FROM install_summary_change WHERE (tenant_id, sequence) > ($1, $2::bigint) ORDER BY tenant_id, sequence LIMIT $3`,
  },
  /** (tenant, app, limit) */
  summaries: {
    name: "",
    text: `SELECT s.tenant_id, s.app_id, ${selectSummary} FROM install_summary s
      WHERE (s.tenant_id, s.app_id) > ($1, $2) ORDER BY s.tenant_id, s.app_id LIMIT $3`,
  },
} as const satisfies Readonly<Record<string, Statement>>;

/**
 * Reads a whole store and checks its change log, in one snapshot that changes nothing, beside facades that serve it. An
 * empty database is a store that holds nothing. Throws `UserError` for a database that cannot be read as a store.
 */
export async function inspectDatabase(location: PostgresLocation, isPooled = false): Promise<StoreReport> {
  const database = openDatabase({ location, maxConnections: 1, isPooled });
  try {
    return await database.transact((connection) => inspect(connection, location), {
      isKept: () => false,
      maxMs: longestStatement,
      isSnapshot: true,
    });
  } catch (error) {
    throw startFault(error, location);
  } finally {
    await database.end();
  }
}

async function inspect(connection: Connection, location: PostgresLocation): Promise<StoreReport> {
  await connection.run(inspectStatements.patience);
  const schema = await readSchema(connection, location);
  const isOlder = schema < migrations.length;
  const list = createFaultList();
  if (schema === 0)
    return { isOlder, tenants: 0, apps: 0, changes: 0, changedAt: undefined, ...list.found() };
  if (!isOlder) await checkRows(connection, list);
  const { rows } = await connection.run({ name: "", text: selectContent });
  return { isOlder, ...contentOfRow(rows[0] ?? {}), ...list.found() };
}

async function checkRows(connection: Connection, list: FaultList): Promise<void> {
  for (const { query, fault } of unpaired) {
    const { rows } = await connection.run({ name: "", text: query });
    for (const row of rows) list.add(fault(row));
  }
  const { rows: feeds } = await connection.run(inspectStatements.feeds);
  const check = startLogCheck(new Map(feeds.map((row) => [textOf(row, "tenant_id"), feedOfRow(row)])));
  const noteAll = (faults: Iterable<string>): void => {
    for (const fault of faults) list.add(fault);
  };
  for await (const row of readOn(connection, inspectStatements.changes, ["tenant_id", "sequence"], 0))
    noteAll(check.change(logRowOf(row)));
  for await (const row of readOn(connection, inspectStatements.summaries, ["tenant_id", "app_id"], ""))
    noteAll(check.summary(summaryEndOf(row)));
  noteAll(check.end());
}

/** All rows of a statement, which goes on behind the last key each time. */
async function* readOn(
  connection: Connection,
  statement: Statement,
  [first, second]: readonly [string, string],
  start: string | number,
): AsyncGenerator<SqlRow> {
  let after: readonly StatementValue[] = ["", start];
  for (;;) {
    const { rows } = await connection.run(statement, [...after, rowsAtOnce]);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) return;
    after = [textOf(last, first), valueOf(last[second])];
  }
}

function valueOf(value: unknown): string | number {
  if (typeof value === "string" || typeof value === "number") return value;
  throw new TypeError("The key of a row is neither a text nor a number.");
}
