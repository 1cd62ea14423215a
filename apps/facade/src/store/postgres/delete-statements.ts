import { digestTenant, feedOfRow, type Feed } from "../sql/feed.ts";
import { textOf, wholeOf } from "../sql/row-values.ts";
import type { ErasureStep, ErasureWrite, RemovalWrite } from "../sql/write.ts";
import type { Connection, Statement } from "./statement.ts";
import { writeStatements } from "./write-statements.ts";

/** The statements that delete, in a transaction that has locked the tenant. Each goes by a primary key. */
export const deleteStatements = {
  /** (tenant, sequence after which, limit): the oldest changes */
  readOldest: {
    name: "read-oldest",
    text: `SELECT sequence, changed_at FROM install_summary_change
      WHERE tenant_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3`,
  },
  /** (tenant, limit) */
  readFirstApps: {
    name: "read-first-apps",
    text: "SELECT id FROM mobile_app WHERE tenant_id = $1 ORDER BY id LIMIT $2",
  },
  /** (tenant, last sequence) */
  noteRemoved: { name: "note-removed", text: "UPDATE change_feed SET removed = $2 WHERE tenant_id = $1" },
  /** (tenant, last sequence) */
  deleteChanges: {
    name: "delete-changes",
    text: "DELETE FROM install_summary_change WHERE tenant_id = $1 AND sequence <= $2",
  },
  /** (tenant, last app) */
  noteVersions: {
    name: "note-versions",
    text: `UPDATE change_feed SET erased_version = greatest(erased_version, (
        SELECT max(version) FROM install_summary WHERE tenant_id = $1 AND app_id <= $2
      )) WHERE tenant_id = $1`,
  },
  /** (tenant, last app) */
  deleteSummaries: {
    name: "delete-summaries",
    text: "DELETE FROM install_summary WHERE tenant_id = $1 AND app_id <= $2",
  },
  /** (tenant, last app) */
  deleteApps: { name: "delete-apps", text: "DELETE FROM mobile_app WHERE tenant_id = $1 AND id <= $2" },
  /** (tenant, its digest). The erasure has the number after the last, so that the newest cursor too is from before. */
  keepNumbers: {
    name: "keep-numbers",
    text: `INSERT INTO erased_tenant (digest, last, erased_version)
      SELECT $2, last + 1, erased_version FROM change_feed WHERE tenant_id = $1
      ON CONFLICT (digest) DO UPDATE SET last = excluded.last, erased_version = excluded.erased_version`,
  },
  /** (tenant, sequence, app): whether neither is there any more */
  readGone: {
    name: "read-gone",
    text: `SELECT NOT EXISTS (SELECT FROM install_summary_change WHERE tenant_id = $1 AND sequence = $2)
      AND NOT EXISTS (SELECT FROM mobile_app WHERE tenant_id = $1 AND id = $3) AS is_gone`,
  },
  /** (tenant) */
  deleteFeed: { name: "delete-feed", text: "DELETE FROM change_feed WHERE tenant_id = $1" },
} as const satisfies Readonly<Record<string, Statement>>;

/** What a deletion has done, whether it has written anything, and the last change and app that it has deleted. */
export interface Deleted<Result> {
  readonly result: Result;
  readonly isChanged: boolean;
  readonly sequence?: number | undefined;
  readonly appId?: string | undefined;
}

/** Removes a tenant's oldest changes, remembers up to where, and resolves to their number. */
export async function removeChanges(
  connection: Connection,
  removal: Pick<RemovalWrite, "tenantId" | "before" | "top">,
): Promise<Deleted<number>> {
  const feed = await lockFeed(connection, removal.tenantId);
  return feed === undefined ? { result: 0, isChanged: false } : removeOldest(connection, feed, removal);
}

/** Takes a step of an erasure. The changes go first, the oldest before the others; what names the tenant goes last. */
export async function eraseStep(
  connection: Connection,
  { tenantId, top }: Pick<ErasureWrite, "tenantId" | "top">,
): Promise<Deleted<ErasureStep>> {
  const feed = await lockFeed(connection, tenantId);
  if (feed === undefined) return { result: { apps: 0, changes: 0, isLast: true }, isChanged: false };
  const removed = await removeOldest(connection, feed, { tenantId, before: never, top });
  const { result: changes } = removed;
  if (changes === top) return { ...removed, result: { apps: 0, changes, isLast: false } };
  const { rows } = await connection.run(deleteStatements.readFirstApps, [tenantId, top]);
  const ids = rows.map((row) => textOf(row, "id"));
  const appId = ids.at(-1);
  if (appId !== undefined) {
    await connection.run(deleteStatements.noteVersions, [tenantId, appId]);
    await connection.run(deleteStatements.deleteSummaries, [tenantId, appId]);
    await connection.run(deleteStatements.deleteApps, [tenantId, appId]);
  }
  const isLast = ids.length < top;
  if (isLast) {
    await connection.run(deleteStatements.keepNumbers, [tenantId, digestTenant(tenantId)]);
    await connection.run(deleteStatements.deleteFeed, [tenantId]);
  }
  return { ...removed, result: { apps: ids.length, changes, isLast }, isChanged: true, appId };
}

/** Locks a tenant, and says whether what a deletion has deleted is gone. Of one that deletes neither it says no. */
export async function isGone(
  connection: Connection,
  tenantId: string,
  { sequence, appId }: Deleted<unknown>,
): Promise<boolean> {
  if (sequence === undefined && appId === undefined) return false;
  await lockFeed(connection, tenantId);
  const { rows } = await connection.run(deleteStatements.readGone, [
    tenantId,
    sequence ?? null,
    appId ?? null,
  ]);
  return rows[0]?.["is_gone"] === true;
}

/** Locks a tenant. Undefined for one that has never had a change, or whose row this transaction has just made. */
async function lockFeed(connection: Connection, tenantId: string): Promise<Feed | undefined> {
  const { rows } = await connection.run(writeStatements.lock, [tenantId]);
  const feed = rows[0] && feedOfRow(rows[0]);
  return feed?.last === 0 ? undefined : feed;
}

async function removeOldest(
  connection: Connection,
  { removed }: Feed,
  { tenantId, before, top }: Pick<RemovalWrite, "tenantId" | "before" | "top">,
): Promise<Deleted<number>> {
  const { rows: oldest } = await connection.run(deleteStatements.readOldest, [tenantId, removed, top]);
  const kept = oldest.findIndex((row) => textOf(row, "changed_at") >= before);
  const last = oldest.at(kept === -1 ? -1 : kept - 1);
  if (last === undefined || kept === 0) return { result: 0, isChanged: false };
  const sequence = wholeOf(last, "sequence");
  await connection.run(deleteStatements.noteRemoved, [tenantId, sequence]);
  const { count } = await connection.run(deleteStatements.deleteChanges, [tenantId, sequence]);
  return { result: count, isChanged: true, sequence };
}

/** A moment that every change comes before. */
const never = "~";
