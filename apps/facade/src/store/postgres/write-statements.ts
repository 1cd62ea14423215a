import type { FeedRow, GroupRows } from "../sql/group.ts";
import {
  appArrayColumns,
  arraysOf,
  changeColumns,
  namesOf,
  summaryColumns,
  unnestSql,
  valuesOfApp,
  type ArrayColumn,
} from "./row-arrays.ts";
import type { Connection, Statement, StatementValue } from "./statement.ts";

/** The statements that write the rows of a group whose tenant is locked. */
export const writeStatements = {
  /** (tenant): locks a tenant until the transaction ends, and makes the row of one that has none */
  lockOrBegin: {
    name: "lock-or-begin",
    text: `INSERT INTO change_feed (tenant_id, last, removed, erased_version) VALUES ($1, 0, 0, 0)
      ON CONFLICT (tenant_id) DO UPDATE SET last = change_feed.last RETURNING last, removed, erased_version`,
  },
  /** (tenant): locks a tenant until the transaction ends; no row where the tenant has none */
  lock: {
    name: "lock",
    text: `UPDATE change_feed SET last = last WHERE tenant_id = $1 RETURNING last, removed, erased_version`,
  },
  /** (tenant, a column of changes each) */
  insertChanges: { name: "insert-changes", text: insertSql("install_summary_change", changeColumns) },
  /** (tenant, a column of summaries each) */
  insertSummaries: { name: "insert-summaries", text: insertSql("install_summary", summaryColumns) },
  updateSummaries: { name: "update-summaries", text: updateSql("install_summary", summaryColumns, "app_id") },
  /** (tenant, a column of apps each) */
  insertApps: { name: "insert-apps", text: insertSql("mobile_app", appArrayColumns) },
  updateApps: { name: "update-apps", text: updateSql("mobile_app", appArrayColumns, "id") },
  /** (tenant, last, removed, erased version) */
  writeFeed: {
    name: "write-feed",
    text: "UPDATE change_feed SET last = $2, removed = $3, erased_version = $4 WHERE tenant_id = $1",
  },
} as const satisfies Readonly<Record<string, Statement>>;

/** Writes the rows of a group, in a transaction that has locked their tenant. */
export async function writeRows(
  connection: Connection,
  tenantId: string,
  { apps, summaries, changes, feeds }: GroupRows,
): Promise<void> {
  const run = async (
    statement: Statement,
    rows: readonly unknown[],
    values: readonly StatementValue[],
  ): Promise<void> => {
    if (rows.length > 0) await connection.run(statement, [tenantId, ...values]);
  };
  const { insertApps, updateApps, insertSummaries, updateSummaries } = writeStatements;
  for (const isNew of [true, false]) {
    const some = apps.filter((row) => row.isNew === isNew);
    await run(isNew ? insertApps : updateApps, some, arraysOf(appArrayColumns, some.map(valuesOfApp)));
  }
  for (const isNew of [true, false]) {
    const some = summaries.filter((row) => row.isNew === isNew);
    await run(isNew ? insertSummaries : updateSummaries, some, arraysOf(summaryColumns, some));
  }
  await run(writeStatements.insertChanges, changes, arraysOf(changeColumns, changes));
  for (const feed of feeds) await connection.run(writeStatements.writeFeed, feedValues(feed));
}

function feedValues({ tenantId, last, removed, erasedVersion }: FeedRow): readonly StatementValue[] {
  return [tenantId, last, removed, erasedVersion];
}

/** What is there already is an error: two transactions cannot both create an app, as each locks the tenant first. */
function insertSql(table: string, columns: readonly ArrayColumn<never>[]): string {
  return `INSERT INTO ${table} (tenant_id, ${namesOf(columns)}) SELECT $1, r.* FROM ${unnestSql(columns, "r", 2)}`;
}

function updateSql(table: string, columns: readonly ArrayColumn<never>[], key: string): string {
  const others = columns.filter(({ name }) => name !== key);
  const set = others.map(({ name }) => `${name} = r.${name}`).join(", ");
  return `UPDATE ${table} t SET ${set} FROM ${unnestSql(columns, "r", 2)} WHERE t.tenant_id = $1 AND t.${key} = r.${key}`;
}
