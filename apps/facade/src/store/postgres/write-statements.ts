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
import { linesOf } from "./row-lines.ts";
import type { Statement, StatementValue, TransactionConnection } from "./statement.ts";

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
  /** Lines of new rows. */
  copyChanges: { name: "", text: copySql("install_summary_change", changeColumns) },
  copySummaries: { name: "", text: copySql("install_summary", summaryColumns) },
  copyApps: { name: "", text: copySql("mobile_app", appArrayColumns) },
  /** (tenant, a column of summaries each) */
  updateSummaries: { name: "update-summaries", text: updateSql("install_summary", summaryColumns, "app_id") },
  /** (tenant, a column of apps each) */
  updateApps: { name: "update-apps", text: updateSql("mobile_app", appArrayColumns, "id") },
  /** (tenant, last, removed, erased version) */
  writeFeed: {
    name: "write-feed",
    text: "UPDATE change_feed SET last = $2, removed = $3, erased_version = $4 WHERE tenant_id = $1",
  },
} as const satisfies Readonly<Record<string, Statement>>;

/** Writes the rows of a group, in a transaction that has locked their tenant. */
export async function writeRows(
  connection: TransactionConnection,
  tenantId: string,
  { apps, summaries, changes, feeds }: GroupRows,
): Promise<void> {
  const copy = async <Row>(
    statement: Statement,
    columns: readonly ArrayColumn<Row>[],
    rows: readonly Row[],
  ): Promise<void> => {
    if (rows.length > 0) await connection.copy(statement, linesOf(columns, tenantId, rows));
  };
  const update = async <Row>(
    statement: Statement,
    columns: readonly ArrayColumn<Row>[],
    rows: readonly Row[],
  ): Promise<void> => {
    if (rows.length > 0) await connection.run(statement, [tenantId, ...arraysOf(columns, rows)]);
  };
  const { copyApps, updateApps, copySummaries, updateSummaries, copyChanges, writeFeed } = writeStatements;
  const [newApps, knownApps] = partition(apps);
  await copy(copyApps, appArrayColumns, newApps.map(valuesOfApp));
  await update(updateApps, appArrayColumns, knownApps.map(valuesOfApp));
  const [newSummaries, knownSummaries] = partition(summaries);
  await copy(copySummaries, summaryColumns, newSummaries);
  await update(updateSummaries, summaryColumns, knownSummaries);
  await copy(copyChanges, changeColumns, changes);
  for (const feed of feeds) await connection.run(writeFeed, feedValues(feed));
}

/** The rows that are new, and those that are known. */
function partition<Row extends { readonly isNew: boolean }>(
  rows: readonly Row[],
): readonly [readonly Row[], readonly Row[]] {
  return [rows.filter(({ isNew }) => isNew), rows.filter(({ isNew }) => !isNew)];
}

function feedValues({ tenantId, last, removed, erasedVersion }: FeedRow): readonly StatementValue[] {
  return [tenantId, last, removed, erasedVersion];
}

/**
 * New rows are copied, which takes the server about half the time of an INSERT. What is there already is an error: two
 * transactions cannot both create an app, as each locks the tenant first.
 */
function copySql(table: string, columns: readonly ArrayColumn<never>[]): string {
  return `COPY ${table} (tenant_id, ${namesOf(columns)}) FROM STDIN`;
}

function updateSql(table: string, columns: readonly ArrayColumn<never>[], key: string): string {
  const others = columns.filter(({ name }) => name !== key);
  const set = others.map(({ name }) => `${name} = r.${name}`).join(", ");
  return `UPDATE ${table} t SET ${set} FROM ${unnestSql(columns, "r", 2)} WHERE t.tenant_id = $1 AND t.${key} = r.${key}`;
}
