import type { DatabaseSync, StatementSync } from "node:sqlite";
import { appColumns, counterColumns } from "./columns.ts";

/** Every statement that a store runs, prepared once. */
export interface Statements {
  readonly begin: StatementSync;
  readonly commit: StatementSync;
  readonly rollback: StatementSync;
  /** (tenant, app) */
  readonly readSummary: StatementSync;
  /** (tenant, app) */
  readonly readApp: StatementSync;
  /** (tenant, name key, id, most): apps behind a cursor. */
  readonly readPage: StatementSync;
  /** (tenant, name key, id, most): only what a search compares, behind a cursor. */
  readonly readKeys: StatementSync;
  /** (tenant) */
  readonly countApps: StatementSync;
  /** (tenant) */
  readonly findApp: StatementSync;
  /** (tenant) */
  readonly readFeed: StatementSync;
  /** (tenant, last) */
  readonly writeFeed: StatementSync;
  /** (tenant, app) */
  readonly readLastVersion: StatementSync;
  /** (tenant, sequence, app, version, time, actor, origin, request, before, after) */
  readonly insertChange: StatementSync;
  /** (tenant, app, ten counters, version, time, actor) */
  readonly writeSummary: StatementSync;
  /** (tenant, the values of `appColumns`) */
  readonly writeApp: StatementSync;
}

export function prepareStatements(database: DatabaseSync): Statements {
  const ofSummary = ["version", ...counterColumns];
  const summary = ofSummary.map((column) => `s.${column}`).join(", ");
  const app = appColumns.map((column) => `m.${column}`).join(", ");
  // CROSS JOIN keeps SQLite to the order of the tables: by name first, then each app's summary by its key.
  const apps = `mobile_app m CROSS JOIN install_summary s ON s.tenant_id = m.tenant_id AND s.app_id = m.id`;
  const behind = `tenant_id = ? AND (name_key, id) > (?, ?) ORDER BY name_key, id LIMIT ?`;
  const prepare = (sql: string): StatementSync => database.prepare(sql);
  return {
    begin: prepare("BEGIN IMMEDIATE"),
    commit: prepare("COMMIT"),
    rollback: prepare("ROLLBACK"),
    readSummary: prepare(
      `SELECT ${ofSummary.join(", ")} FROM install_summary WHERE tenant_id = ? AND app_id = ?`,
    ),
    readApp: prepare(`SELECT ${app}, ${summary} FROM ${apps} WHERE m.tenant_id = ? AND m.id = ?`),
    readPage: prepare(
      `SELECT ${app}, ${summary} FROM ${apps}
       WHERE m.tenant_id = ? AND (m.name_key, m.id) > (?, ?) ORDER BY m.name_key, m.id LIMIT ?`,
    ),
    readKeys: prepare(`SELECT id, name_key, publisher_key FROM mobile_app WHERE ${behind}`),
    countApps: prepare("SELECT count(*) AS count FROM mobile_app WHERE tenant_id = ?"),
    findApp: prepare("SELECT 1 FROM mobile_app WHERE tenant_id = ? LIMIT 1"),
    readFeed: prepare("SELECT last FROM change_feed WHERE tenant_id = ?"),
    writeFeed: prepare(upsert("change_feed", ["tenant_id"], ["last"])),
    readLastVersion: prepare(
      "SELECT coalesce(max(version), 0) AS version FROM install_summary_change WHERE tenant_id = ? AND app_id = ?",
    ),
    insertChange: prepare(
      `INSERT INTO install_summary_change
         (tenant_id, sequence, app_id, version, changed_at, actor, origin, request_id, before, after)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    writeSummary: prepare(
      upsert(
        "install_summary",
        ["tenant_id", "app_id"],
        [...counterColumns, "version", "modified_at", "modified_by"],
      ),
    ),
    writeApp: prepare(upsert("mobile_app", ["tenant_id", "id"], appColumns.slice(1))),
  };
}

function upsert(table: string, key: readonly string[], rest: readonly string[]): string {
  const columns = [...key, ...rest];
  const update = rest.map((column) => `${column} = excluded.${column}`).join(", ");
  return `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})
    ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${update}`;
}
