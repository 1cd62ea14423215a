import type { DatabaseSync } from "node:sqlite";
import { textOf, wholeOf } from "../sql/row-values.ts";
import { digestTenant } from "../sql/feed.ts";
import type { ErasureStep, ErasureWrite, RemovalWrite } from "../sql/write.ts";

/** The statements that delete inside a transaction, prepared once for a connection. */
export interface DeleteStatements {
  /** Removes a tenant's oldest changes, remembers up to where, and returns their number. */
  removeChanges(removal: Pick<RemovalWrite, "tenantId" | "before" | "top">): number;
  /** Takes a step of an erasure. The changes go first, the oldest before the others; what names the tenant goes last. */
  eraseStep(erasure: Pick<ErasureWrite, "tenantId" | "top">): ErasureStep;
}

/** The texts of the queries. Each goes by a primary key and sorts nothing. */
export const deleteQueries = {
  /** (tenant, limit): the oldest changes */
  readOldest: `SELECT sequence, changed_at FROM install_summary_change
    WHERE tenant_id = ?1 AND sequence > (SELECT removed FROM change_feed WHERE tenant_id = ?1)
    ORDER BY sequence LIMIT ?2`,
  /** (tenant, limit) */
  readApps: "SELECT id FROM mobile_app WHERE tenant_id = ? ORDER BY id LIMIT ?",
  /** (tenant, last sequence) */
  deleteChanges: "DELETE FROM install_summary_change WHERE tenant_id = ? AND sequence <= ?",
  /** (tenant, last app) */
  deleteSummaries: "DELETE FROM install_summary WHERE tenant_id = ? AND app_id <= ?",
  /** (tenant, last app) */
  deleteApps: "DELETE FROM mobile_app WHERE tenant_id = ? AND id <= ?",
} as const;

/** Prepares the statements that delete on a connection. */
export function prepareDeletes(database: DatabaseSync): DeleteStatements {
  const readOldest = database.prepare(deleteQueries.readOldest);
  const readApps = database.prepare(deleteQueries.readApps);
  const deleteChanges = database.prepare(deleteQueries.deleteChanges);
  const deleteSummaries = database.prepare(deleteQueries.deleteSummaries);
  const deleteApps = database.prepare(deleteQueries.deleteApps);
  const noteRemoved = database.prepare("UPDATE change_feed SET removed = ?2 WHERE tenant_id = ?1");
  const noteVersions = database.prepare(
    `UPDATE change_feed SET erased_version = max(erased_version, coalesce(
       (SELECT max(version) FROM install_summary WHERE tenant_id = ?1 AND app_id <= ?2), 0
     )) WHERE tenant_id = ?1`,
  );
  // One number more than the log gave out: the erasure has it, so that the newest cursor too is from before.
  const keepNumbers = database.prepare(
    `INSERT INTO erased_tenant (digest, last, erased_version)
     SELECT ?2, last + 1, erased_version FROM change_feed WHERE tenant_id = ?1
     ON CONFLICT (digest) DO UPDATE SET last = excluded.last, erased_version = excluded.erased_version`,
  );
  const deleteFeed = database.prepare("DELETE FROM change_feed WHERE tenant_id = ?");

  const removeChanges: DeleteStatements["removeChanges"] = ({ tenantId, before, top }) => {
    const oldest = readOldest.all(tenantId, top);
    const kept = oldest.findIndex((row) => textOf(row, "changed_at") >= before);
    const last = oldest.at(kept === -1 ? -1 : kept - 1);
    if (last === undefined || kept === 0) return 0;
    const sequence = wholeOf(last, "sequence");
    noteRemoved.run(tenantId, sequence);
    return Number(deleteChanges.run(tenantId, sequence).changes);
  };

  return {
    removeChanges,
    eraseStep({ tenantId, top }) {
      const changes = removeChanges({ tenantId, before: never, top });
      if (changes === top) return { apps: 0, changes, isLast: false };
      const apps = readApps.all(tenantId, top).map((row) => textOf(row, "id"));
      const last = apps.at(-1) ?? "";
      noteVersions.run(tenantId, last);
      deleteSummaries.run(tenantId, last);
      deleteApps.run(tenantId, last);
      const isLast = apps.length < top;
      if (isLast) {
        keepNumbers.run(tenantId, digestTenant(tenantId));
        deleteFeed.run(tenantId);
      }
      return { apps: apps.length, changes, isLast };
    },
  };
}

/** A moment that every change comes before. */
const never = "~";
