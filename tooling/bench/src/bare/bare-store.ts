import { counterNames, type MobileApp } from "@install-summary/core";
import { DatabaseSync, type SQLOutputValue, type StatementSync } from "node:sqlite";
import { examplePatch } from "../sample/example.ts";
import { bareAppColumns, bareSchema } from "./bare-schema.ts";
import { summaryText } from "./summary-text.ts";

/** A change of one counter. */
export interface BareChange {
  readonly id: string;
  readonly failed: number;
}

/** A summary as a response has it. */
export interface BareSummary {
  readonly text: string;
  readonly version: number;
}

/** The minimum that a store has to do, by the bare driver: counters, version, and a log of changes, durably. */
export interface BareStore {
  read(id: string): BareSummary;
  /** The first apps by name, each with its summary. */
  readPage(count: number): readonly Readonly<Record<string, SQLOutputValue>>[];
  /** Commits changes in one transaction. */
  commit(changes: readonly BareChange[]): readonly BareSummary[];
  /** Commits new apps in one transaction, with the counters of the specification's example. */
  insert(apps: readonly MobileApp[]): void;
  /** Whether an app is there, with the counters of the specification's example. */
  hasApp(app: MobileApp): boolean;
  /** All apps with their summaries, by name. */
  listApps(): Iterable<Readonly<Record<string, SQLOutputValue>>>;
  close(): void;
}

const tenant = "00000000-0000-4000-8000-000000000001";
const actor = "00000000-0000-4000-8000-000000000002";
const requestId = "0b3ee4a4-6a67-4b0e-8c0d-1f4f1f0f6f5a";
const example = counterNames.map((name) => examplePatch[name] ?? 0);
const exampleText = JSON.stringify(examplePatch);

/** Opens a store in a SQLite file, as durable as the product's. */
export function openBareStore(file: string): BareStore {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000");
  database.exec(`PRAGMA busy_timeout = 5000; ${bareSchema}`);
  const insertInto = (table: string, columns: number): StatementSync =>
    database.prepare(`INSERT INTO ${table} VALUES (${Array(columns).fill("?").join(", ")})`);
  const select = database.prepare("SELECT * FROM install_summary WHERE tenantId = ? AND appId = ?");
  const selectPage = database.prepare(
    `SELECT * FROM mobile_app m CROSS JOIN install_summary s ON s.tenantId = m.tenantId AND s.appId = m.id
     WHERE m.tenantId = ? AND (m.nameKey, m.id) > ('', '') ORDER BY m.nameKey, m.id LIMIT ?`,
  );
  const selectApp = database.prepare(
    `SELECT * FROM mobile_app m CROSS JOIN install_summary s ON s.tenantId = m.tenantId AND s.appId = m.id
     WHERE m.tenantId = ? AND m.id = ?`,
  );
  const selectApps = database.prepare(
    `SELECT * FROM mobile_app m CROSS JOIN install_summary s ON s.tenantId = m.tenantId AND s.appId = m.id
     WHERE m.tenantId = ? ORDER BY m.nameKey, m.id`,
  );
  const insertApp = insertInto("mobile_app", 1 + bareAppColumns.length);
  const insertSummary = insertInto("install_summary", 2 + counterNames.length + 4);
  const insertChange = insertInto("install_summary_change", 12);
  const update = database.prepare(
    `UPDATE install_summary
     SET failedDeviceCount = ?, version = ?, changeSequence = ?, modifiedAt = ?, modifiedBy = ? WHERE tenantId = ? AND appId = ?`,
  );
  const begin = database.prepare("BEGIN IMMEDIATE");
  const commit = database.prepare("COMMIT");
  const last = database
    .prepare("SELECT coalesce(max(sequence), 0) AS last FROM install_summary_change")
    .get();
  let sequence = Number(last?.["last"]);

  const change = ({ id, failed }: BareChange, time: string): BareSummary => {
    const row = select.get(tenant, id) ?? {};
    const version = Number(row["version"]) + 1;
    sequence += 1;
    const before = `{"failedDeviceCount":${String(row["failedDeviceCount"])}}`;
    const after = `{"failedDeviceCount":${failed}}`;
    const previous = row["changeSequence"] ?? null;
    const source = [time, actor, "patch", requestId, requestId] as const;
    insertChange.run(tenant, sequence, previous, id, version, ...source, before, after);
    update.run(failed, version, sequence, time, actor, tenant, id);
    row["failedDeviceCount"] = failed;
    return { text: summaryText(id, row), version };
  };

  return {
    read(id) {
      const row = select.get(tenant, id) ?? {};
      return { text: summaryText(id, row), version: Number(row["version"]) };
    },
    readPage: (count) => selectPage.all(tenant, count),
    commit(changes) {
      const time = new Date().toISOString();
      begin.run();
      const changed = changes.map((one) => change(one, time));
      commit.run();
      return changed;
    },
    insert(apps) {
      const time = new Date().toISOString();
      begin.run();
      for (const app of apps) {
        sequence += 1;
        const { id, displayName, publisher } = app;
        insertApp.run(
          tenant,
          id,
          app["@odata.type"],
          displayName,
          displayName?.toLowerCase() ?? "",
          app.description,
          publisher,
          publisher?.toLowerCase() ?? "",
          app.createdDateTime,
          app.lastModifiedDateTime,
          app.isFeatured ? 1 : 0,
          app.privacyInformationUrl,
          app.informationUrl,
          app.owner,
          app.developer,
          app.notes,
          app.publishingState,
          app.isAssigned ? 1 : 0,
        );
        insertSummary.run(tenant, id, ...example, 1, sequence, time, actor);
        const source = [time, actor, "import", requestId, null] as const;
        insertChange.run(tenant, sequence, null, id, 1, ...source, "{}", exampleText);
      }
      commit.run();
    },
    hasApp({ id, displayName, publisher }) {
      const row = selectApp.get(tenant, id);
      if (row === undefined || row["displayName"] !== displayName || row["publisher"] !== publisher)
        return false;
      return counterNames.every((name, at) => row[name] === example[at]);
    },
    listApps: () => selectApps.iterate(tenant),
    close: () => database.close(),
  };
}
