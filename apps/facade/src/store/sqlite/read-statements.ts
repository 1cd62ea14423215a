import type { MobileApp } from "@install-summary/core";
import type { RecordedChange } from "@install-summary/core/service";
import type { DatabaseSync } from "node:sqlite";
import { recordedChangeOfRow } from "../sql/change-rows.ts";
import {
  appOfRow,
  selectApp,
  selectSummary,
  summaryOfRow,
  summaryOfValues,
  type SummaryRecord,
} from "../sql/columns.ts";
import { textOf, wholeOf, wholeOrNull } from "../sql/row-values.ts";
import { anyTenant, digestTenant, feedOfRow, newFeed, type Feed } from "../sql/feed.ts";
import type { AppKey } from "../sql/group.ts";

/** An app with its summary. */
export interface AppRecord extends SummaryRecord {
  readonly app: MobileApp;
}

/** The statements that read by a key, prepared once for a connection. */
export interface ReadStatements {
  readSummary(tenantId: string, appId: string): SummaryRecord | undefined;
  readApp(key: AppKey): AppRecord | undefined;
  /** True while a tenant has an app. */
  hasApps(tenantId: string): boolean;
  /** How many apps a tenant has, which reads all of them. */
  countApps(tenantId: string): number;
  /** How many changes the log of a tenant has, which reads all of them. */
  countChanges(tenantId: string): number;
  readFeed(tenantId: string): Feed;
  /** The ids of the tenants that have a change log. */
  listTenants(): readonly string[];
  /** When the oldest change of a tenant was made; undefined where the log has none. */
  readOldestTime(tenantId: string): string | undefined;
  /** The change that made a version of an app; undefined where it is not among the app's latest changes. */
  readChange(key: AppKey, version: number): RecordedChange | undefined;
}

/** The texts of the queries. Each goes by an index and sorts nothing. */
export const queries = {
  /** (tenant, app) */
  readSummary: `SELECT ${selectSummary} FROM install_summary s WHERE s.tenant_id = ? AND s.app_id = ?`,
  /** (tenant, app) */
  readApp: `SELECT ${selectApp}, ${selectSummary}
    FROM mobile_app m CROSS JOIN install_summary s ON s.tenant_id = m.tenant_id AND s.app_id = m.id
    WHERE m.tenant_id = ? AND m.id = ?`,
  /** (tenant) */
  findApp: "SELECT 1 FROM mobile_app WHERE tenant_id = ? LIMIT 1",
  /** (tenant) */
  countApps: "SELECT count(*) AS count FROM mobile_app WHERE tenant_id = ?",
  /** (tenant) */
  countChanges: "SELECT count(*) AS count FROM install_summary_change WHERE tenant_id = ?",
  /** (tenant) */
  readFeed: "SELECT last, removed, erased_version FROM change_feed WHERE tenant_id = ?",
  /** (digest of the tenant): its own numbers, or those of any tenant */
  readErasedFeed: `SELECT last, last AS removed, erased_version FROM erased_tenant
    WHERE digest IN (?, '${anyTenant}') ORDER BY digest DESC LIMIT 1`,
  /** (tenant) */
  readOldestTime: `SELECT changed_at FROM install_summary_change
    WHERE tenant_id = ?1 AND sequence > (SELECT removed FROM change_feed WHERE tenant_id = ?1)
    ORDER BY sequence LIMIT 1`,
  /** (tenant, sequence) */
  readChange: `SELECT version, previous_sequence, actor, client_request_id, before, after
    FROM install_summary_change WHERE tenant_id = ? AND sequence = ?`,
} as const;

/** Prepares the statements that read by a key on a connection. */
export function prepareReads(database: DatabaseSync): ReadStatements {
  const readSummary = database.prepare(queries.readSummary);
  readSummary.setReturnArrays(true);
  const readApp = database.prepare(queries.readApp);
  const findApp = database.prepare(queries.findApp);
  const countApps = database.prepare(queries.countApps);
  const countChanges = database.prepare(queries.countChanges);
  const listTenants = database.prepare("SELECT tenant_id FROM change_feed ORDER BY tenant_id");
  const readOldestTime = database.prepare(queries.readOldestTime);
  const readChange = database.prepare(queries.readChange);
  return {
    readSummary(tenantId, appId) {
      const values = readSummary.get(tenantId, appId);
      return values && summaryOfValues(values, appId);
    },
    readApp({ tenantId, appId }) {
      const row = readApp.get(tenantId, appId);
      return row && { app: appOfRow(row), ...summaryOfRow(row, appId) };
    },
    hasApps: (tenantId) => findApp.get(tenantId) !== undefined,
    countApps: (tenantId) => wholeOf(countApps.get(tenantId) ?? {}, "count"),
    countChanges: (tenantId) => wholeOf(countChanges.get(tenantId) ?? {}, "count"),
    readFeed: prepareFeed(database),
    listTenants: () => listTenants.all().map((row) => textOf(row, "tenant_id")),
    readOldestTime(tenantId) {
      const row = readOldestTime.get(tenantId);
      return row && textOf(row, "changed_at");
    },
    readChange({ tenantId, appId }, version) {
      const values = readSummary.get(tenantId, appId);
      let sequence = values === undefined ? null : summaryOfValues(values, appId).changeSequence;
      // A request is repeated within moments, so the change that it made is one of the latest.
      for (let steps = 0; sequence !== null && steps < maxSteps; steps += 1) {
        const row = readChange.get(tenantId, sequence);
        if (row === undefined || wholeOf(row, "version") < version) return undefined;
        if (wholeOf(row, "version") === version) return recordedChangeOfRow(row);
        sequence = wholeOrNull(row, "previous_sequence");
      }
      return undefined;
    },
  };
}

/** Prepares what reads how far the log of a tenant has come. */
export function prepareFeed(database: DatabaseSync): (tenantId: string) => Feed {
  const readFeed = database.prepare(queries.readFeed);
  const readErasedFeed = database.prepare(queries.readErasedFeed);
  return (tenantId) => {
    const row = readFeed.get(tenantId) ?? readErasedFeed.get(digestTenant(tenantId));
    return row === undefined ? newFeed : feedOfRow(row);
  };
}

/** How many changes of an app are followed back to find one of them. */
const maxSteps = 100;
