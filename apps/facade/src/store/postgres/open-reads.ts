import { formatETag } from "@install-summary/core";
import { parseETagVersion } from "@install-summary/core/text";
import type { ChangeQuery, ImportingTenantStore, StoreSession } from "@install-summary/core/service";
import { isLongRead } from "../sql/change-page.ts";
import { isScan } from "../sql/page-sql.ts";
import { textOf } from "../sql/row-values.ts";
import { readPage } from "./list-apps.ts";
import { readChange, readChanges } from "./read-changes.ts";
import { readApp, readApps, readFeed, readStatements, readSummary } from "./read-statements.ts";
import type { Reader } from "./reader.ts";
import type { Searches } from "./searches.ts";

/** What a tenant is read by. */
export type TenantReads = Pick<
  ImportingTenantStore,
  | "readSummary"
  | "readApp"
  | "readApps"
  | "listApps"
  | "readChangeAfter"
  | "isEmpty"
  | "readChanges"
  | "readLastSequence"
>;

/** How a database is read. */
export interface ReadParts {
  readonly read: Reader;
  readonly searches: Searches;
}

/** How many changes may be looked at outside of the line of searches, to respond with those that match. */
const shortRead = 1000;

/** Opens what reads a tenant, for someone of it. */
export function openReads(
  { read, searches }: ReadParts,
  { tenantId, actor, abandoned }: StoreSession,
): TenantReads {
  const by = { tenantId, actor, abandoned };
  const readLastSequence = async (): Promise<number> =>
    (await read((connection) => readFeed(connection, tenantId))).last;
  const isNearEnd = async ({ order, after }: ChangeQuery): Promise<boolean> =>
    order === "asc" && after !== undefined && (await readLastSequence()) - after <= shortRead;
  return {
    async readSummary(appId) {
      const stored = await read((connection) => readSummary(connection, tenantId, appId));
      return stored && { summary: stored.summary, etag: formatETag(stored.version) };
    },
    async readApp(appId) {
      const stored = await read((connection) => readApp(connection, tenantId, appId));
      return stored && { app: stored.app, summary: stored.summary, etag: formatETag(stored.version) };
    },
    async readApps(appIds) {
      const found = await read((connection) => readApps(connection, tenantId, [...new Set(appIds)]));
      return appIds.map((appId) => {
        const stored = found.get(appId);
        return stored && { app: stored.app, summary: stored.summary, etag: formatETag(stored.version) };
      });
    },
    listApps: (query) =>
      isScan(query)
        ? searches.run(by, (connection) => readPage(connection, tenantId, query))
        : read((connection) => readPage(connection, tenantId, query)),
    async readChangeAfter(appId, etag) {
      const version = parseETagVersion(etag);
      if (version === undefined) return undefined;
      return read((connection) => readChange(connection, { tenantId, appId }, version + 1));
    },
    async isEmpty() {
      const { rows } = await read((connection) => connection.run(readStatements.findApp, [tenantId]));
      return rows.length === 0;
    },
    async readChanges(query) {
      const isShort = !isLongRead(query) || (await isNearEnd(query));
      return isShort
        ? read((connection) => readChanges(connection, tenantId, query))
        : searches.run(by, (connection) => readChanges(connection, tenantId, query));
    },
    readLastSequence,
  };
}

/** The ids of the tenants that have a change log. */
export async function listTenants(read: Reader): Promise<readonly string[]> {
  const { rows } = await read((connection) => connection.run(readStatements.listTenants));
  return rows.map((row) => textOf(row, "tenant_id"));
}
