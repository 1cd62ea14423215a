import type { MobileApp } from "@install-summary/core";
import { appOfRow, selectApp, selectSummary, summaryOfRow, type SummaryRecord } from "../sql/columns.ts";
import { anyTenant, digestTenant, feedOfRow, newFeed, type Feed } from "../sql/feed.ts";
import { textOf } from "../sql/row-values.ts";
import type { Connection, Statement } from "./statement.ts";

/** An app with its summary. */
export interface AppRecord extends SummaryRecord {
  readonly app: MobileApp;
}

/** The statements that read by a key. Each goes by an index and sorts nothing. */
export const readStatements = {
  /** (tenant, app) */
  readSummary: {
    name: "read-summary",
    text: `SELECT ${selectSummary} FROM install_summary s WHERE s.tenant_id = $1 AND s.app_id = $2`,
  },
  /** (tenant, apps) */
  readSummaries: {
    name: "read-summaries",
    text: `SELECT s.app_id, ${selectSummary} FROM install_summary s WHERE s.tenant_id = $1 AND s.app_id = ANY($2::text[])`,
  },
  /** (tenant, app) */
  readApp: {
    name: "read-app",
    text: `SELECT ${selectApp}, ${selectSummary}
      FROM mobile_app m JOIN install_summary s ON s.tenant_id = m.tenant_id AND s.app_id = m.id
      WHERE m.tenant_id = $1 AND m.id = $2`,
  },
  /** (tenant, apps) */
  readApps: {
    name: "read-apps",
    text: `SELECT ${selectApp}, ${selectSummary}
      FROM mobile_app m JOIN install_summary s ON s.tenant_id = m.tenant_id AND s.app_id = m.id
      WHERE m.tenant_id = $1 AND m.id = ANY($2::text[])`,
  },
  /** (tenant) */
  findApp: {
    name: "find-app",
    // By the order PostgreSQL sees that the key leads there, where other tenants are large.
    text: "SELECT 1 FROM mobile_app WHERE tenant_id = $1 ORDER BY id LIMIT 1",
  },
  listTenants: { name: "list-tenants", text: "SELECT tenant_id FROM change_feed ORDER BY tenant_id" },
  /** (tenant) */
  readFeed: {
    name: "read-feed",
    text: "SELECT last, removed, erased_version FROM change_feed WHERE tenant_id = $1",
  },
  /** (digest of the tenant): its own numbers, or those of any tenant */
  readErasedFeed: {
    name: "read-erased-feed",
    text: `SELECT last, last AS removed, erased_version FROM erased_tenant
      WHERE digest IN ($1, '${anyTenant}') ORDER BY digest DESC LIMIT 1`,
  },
} as const satisfies Readonly<Record<string, Statement>>;

/** Reads a summary with its version. */
export async function readSummary(
  connection: Connection,
  tenantId: string,
  appId: string,
): Promise<SummaryRecord | undefined> {
  const { rows } = await connection.run(readStatements.readSummary, [tenantId, appId]);
  return rows[0] && summaryOfRow(rows[0], appId);
}

/** Reads some summaries of a tenant, by the ids of their apps. */
export async function readSummaries(
  connection: Connection,
  tenantId: string,
  appIds: readonly string[],
): Promise<ReadonlyMap<string, SummaryRecord>> {
  if (appIds.length === 0) return new Map();
  const { rows } = await connection.run(readStatements.readSummaries, [tenantId, appIds]);
  return new Map(
    rows.map((row) => {
      const appId = textOf(row, "app_id");
      return [appId, summaryOfRow(row, appId)];
    }),
  );
}

/** Reads an app with its summary. */
export async function readApp(
  connection: Connection,
  tenantId: string,
  appId: string,
): Promise<AppRecord | undefined> {
  const { rows } = await connection.run(readStatements.readApp, [tenantId, appId]);
  return rows[0] && { app: appOfRow(rows[0]), ...summaryOfRow(rows[0], appId) };
}

/** Reads some apps of a tenant with their summaries, by their ids. */
export async function readApps(
  connection: Connection,
  tenantId: string,
  appIds: readonly string[],
): Promise<ReadonlyMap<string, AppRecord>> {
  if (appIds.length === 0) return new Map();
  const { rows } = await connection.run(readStatements.readApps, [tenantId, appIds]);
  return new Map(
    rows.map((row) => {
      const app = appOfRow(row);
      return [app.id, { app, ...summaryOfRow(row, app.id) }];
    }),
  );
}

/** Reads how far the log of a tenant has come. A tenant that was erased goes on where it was. */
export async function readFeed(connection: Connection, tenantId: string): Promise<Feed> {
  const { rows } = await connection.run(readStatements.readFeed, [tenantId]);
  return rows[0] === undefined ? readErasedFeed(connection, tenantId) : feedOfRow(rows[0]);
}

/** Reads how far the log of a tenant had come when it was erased. */
export async function readErasedFeed(connection: Connection, tenantId: string): Promise<Feed> {
  const { rows } = await connection.run(readStatements.readErasedFeed, [digestTenant(tenantId)]);
  return rows[0] === undefined ? newFeed : feedOfRow(rows[0]);
}
