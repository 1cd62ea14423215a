import { counterNames } from "@install-summary/core";
import { DatabaseSync } from "node:sqlite";
import { summaryText } from "./summary-text.ts";

/** The least that a store has to do: counters, version, and a log of changes, durably. */
export interface BareStore {
  read(id: string): { readonly text: string; readonly version: number };
  /** Commits by itself. */
  update(id: string, failed: number): { readonly text: string; readonly version: number };
  add(ids: readonly string[]): void;
  close(): void;
}

export function openBareStore(file: string): BareStore {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;
    CREATE TABLE IF NOT EXISTS install_summary (
      tenant_id TEXT NOT NULL, app_id TEXT NOT NULL, ${counterNames.map((name) => `${name} INTEGER NOT NULL`).join(", ")},
      version INTEGER NOT NULL, PRIMARY KEY (tenant_id, app_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS install_summary_change (
      tenant_id TEXT NOT NULL, sequence INTEGER NOT NULL, app_id TEXT NOT NULL, version INTEGER NOT NULL,
      changed_at TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
      UNIQUE (tenant_id, sequence), UNIQUE (tenant_id, app_id, version)
    ) STRICT;`);
  const tenant = "00000000-0000-4000-8000-000000000001";
  const select = database.prepare("SELECT * FROM install_summary WHERE tenant_id = ? AND app_id = ?");
  const insert = database.prepare(
    `INSERT OR IGNORE INTO install_summary VALUES (?, ?, ${counterNames.map(() => "?").join(", ")}, 1)`,
  );
  const log = database.prepare("INSERT INTO install_summary_change VALUES (?, ?, ?, ?, ?, ?, ?)");
  const change = database.prepare(
    "UPDATE install_summary SET failedDeviceCount = ?, version = ? WHERE tenant_id = ? AND app_id = ?",
  );
  const begin = database.prepare("BEGIN IMMEDIATE");
  const commit = database.prepare("COMMIT");
  let sequence = Number(
    database.prepare("SELECT coalesce(max(sequence), 0) AS last FROM install_summary_change").get()?.["last"],
  );

  return {
    read(id) {
      const row = select.get(tenant, id);
      return { text: summaryText(id, row ?? {}), version: Number(row?.["version"]) };
    },
    update(id, failed) {
      begin.run();
      const row = select.get(tenant, id);
      const version = Number(row?.["version"]) + 1;
      sequence += 1;
      const before = JSON.stringify({ failedDeviceCount: row?.["failedDeviceCount"] });
      const after = JSON.stringify({ failedDeviceCount: failed });
      log.run(tenant, sequence, id, version, new Date().toISOString(), before, after);
      change.run(failed, version, tenant, id);
      commit.run();
      return { text: summaryText(id, { ...row, failedDeviceCount: failed }), version };
    },
    add(ids) {
      begin.run();
      for (const id of ids) insert.run(tenant, id, ...counterNames.map(() => 1));
      commit.run();
    },
    close: () => database.close(),
  };
}
