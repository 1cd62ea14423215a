import type { MobileApp } from "@install-summary/core";
import type { RecordedChange } from "@install-summary/core/service";
import type { DatabaseSync } from "node:sqlite";
import {
  appOfRow,
  recordedChangeOfRow,
  selectApp,
  selectSummary,
  summaryOfRow,
  summaryOfValues,
  wholeOf,
  wholeOrNull,
  type LatestChange,
  type SummaryRecord,
} from "../sql/columns.ts";
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
  /** The last sequence that a tenant's change log has given out; 0 for a tenant without changes. */
  readLastSequence(tenantId: string): number;
  /** The change that made a version of an app; undefined where it is not among the app's latest changes. */
  readChange(key: AppKey, version: number): RecordedChange | undefined;
  /** The latest change of an app that was erased; undefined where none was. */
  readErased(key: AppKey): LatestChange | undefined;
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
  readLastSequence: "SELECT last FROM change_feed WHERE tenant_id = ?",
  /** (tenant, app, tenant, app): where the history of an app begins, whether it is there or was erased */
  readLatestSequence: `SELECT change_sequence AS previous_sequence FROM install_summary WHERE tenant_id = ? AND app_id = ?
    UNION ALL SELECT change_sequence FROM erased_app WHERE tenant_id = ? AND app_id = ? LIMIT 1`,
  /** (tenant, sequence) */
  readChange: `SELECT version, previous_sequence, actor, client_request_id, before, after
    FROM install_summary_change WHERE tenant_id = ? AND sequence = ?`,
  /** (tenant, app) */
  readErased: "SELECT version, change_sequence FROM erased_app WHERE tenant_id = ? AND app_id = ?",
} as const;

/** Prepares the statements that read by a key on a connection. */
export function prepareReads(database: DatabaseSync): ReadStatements {
  const readSummary = database.prepare(queries.readSummary);
  readSummary.setReturnArrays(true);
  const readApp = database.prepare(queries.readApp);
  const findApp = database.prepare(queries.findApp);
  const readLastSequence = database.prepare(queries.readLastSequence);
  const readChange = database.prepare(queries.readChange);
  const readErased = database.prepare(queries.readErased);
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
    readLastSequence: (tenantId) => wholeOf(readLastSequence.get(tenantId) ?? { last: 0 }, "last"),
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
    readErased({ tenantId, appId }) {
      const row = readErased.get(tenantId, appId);
      return row && { version: wholeOf(row, "version"), changeSequence: wholeOrNull(row, "change_sequence") };
    },
  };
}

/** How many changes of an app are followed back to find one of them. */
const maxSteps = 100;
