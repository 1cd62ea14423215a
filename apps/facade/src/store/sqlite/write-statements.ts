import type { DatabaseSync } from "node:sqlite";
import { appColumns, appValues, counterColumns, counterValues } from "../sql/columns.ts";
import type { AppRow, ChangeRow, FeedRow, GroupRows, SummaryRow } from "../sql/group.ts";

/** The statements of a transaction that writes, prepared once for a connection. */
export interface WriteStatements {
  begin(): void;
  commit(): void;
  rollback(): void;
  /** Writes the rows of a group. */
  writeRows(rows: GroupRows): void;
}

const changeColumns = [
  "tenant_id",
  "sequence",
  "previous_sequence",
  "app_id",
  "version",
  "changed_at",
  "actor",
  "origin",
  "request_id",
  "client_request_id",
  "before",
  "after",
];
const summaryColumns = [...counterColumns, "version", "change_sequence", "modified_at", "modified_by"];

/** Prepares the statements that write on a connection. */
export function prepareWrites(database: DatabaseSync): WriteStatements {
  const begin = database.prepare("BEGIN IMMEDIATE");
  const commit = database.prepare("COMMIT");
  const rollback = database.prepare("ROLLBACK");
  const insertChange = database.prepare(insert("install_summary_change", changeColumns));
  const insertSummary = database.prepare(
    insert("install_summary", [...summaryColumns, "tenant_id", "app_id"]),
  );
  const updateSummary = database.prepare(update("install_summary", summaryColumns, ["tenant_id", "app_id"]));
  const insertApp = database.prepare(insert("mobile_app", [...appColumns, "tenant_id"]));
  const updateApp = database.prepare(update("mobile_app", appColumns, ["tenant_id", "id"]));
  const writeFeed = database.prepare(
    `${insert("change_feed", ["tenant_id", "last", "removed", "erased_version"])}
      ON CONFLICT (tenant_id) DO UPDATE SET last = excluded.last`,
  );

  const writeChange = (row: ChangeRow): void => {
    const { tenantId, sequence, previousSequence, appId, version, changedAt, actor, origin } = row;
    const client = row.clientRequestId ?? null;
    const source = [changedAt, actor, origin, row.requestId, client] as const;
    insertChange.run(tenantId, sequence, previousSequence, appId, version, ...source, row.before, row.after);
  };

  const writeSummary = (row: SummaryRow): void => {
    const { tenantId, summary, version, changeSequence, modifiedAt, modifiedBy } = row;
    const statement = row.isNew ? insertSummary : updateSummary;
    const change = [version, changeSequence, modifiedAt, modifiedBy] as const;
    statement.run(...counterValues(summary), ...change, tenantId, summary.id);
  };

  const writeApp = ({ tenantId, app, isNew }: AppRow): void => {
    if (isNew) insertApp.run(...appValues(app), tenantId);
    else updateApp.run(...appValues(app), tenantId, app.id);
  };

  const writeLast = ({ tenantId, last, removed, erasedVersion }: FeedRow): void =>
    void writeFeed.run(tenantId, last, removed, erasedVersion);

  return {
    begin: () => void begin.run(),
    commit: () => void commit.run(),
    rollback: () => void rollback.run(),
    writeRows({ changes, summaries, apps, feeds }) {
      for (const row of changes) writeChange(row);
      for (const row of summaries) writeSummary(row);
      for (const row of apps) writeApp(row);
      for (const row of feeds) writeLast(row);
    },
  };
}

function insert(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
}

function update(table: string, columns: readonly string[], key: readonly string[]): string {
  const set = columns.map((column) => `${column} = ?`).join(", ");
  return `UPDATE ${table} SET ${set} WHERE ${key.map((column) => `${column} = ?`).join(" AND ")}`;
}
