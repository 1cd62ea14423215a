import type { DatabaseSync } from "node:sqlite";
import { anyTenant, digestTenant } from "../sql/feed.ts";
import { liftOf, type TenantNumbers } from "../sql/lift.ts";
import { textOf } from "../sql/row-values.ts";
import { readNumbers, type StoreNumbers } from "./read-numbers.ts";

/** Who restores, when and by which request, as the change log records it. */
export interface RestoredBy {
  readonly time: string;
  readonly actor: string;
  readonly requestId: string;
}

/**
 * Takes all versions and sequences of a restored store above those that the replaced store has given out, or a lost one may
 * have. Each app gets a change of origin `restore` without counters, which makes its new version.
 */
export function liftStore(
  database: DatabaseSync,
  replaced: StoreNumbers["numbers"],
  { time, actor, requestId }: RestoredBy,
): void {
  const insertChanges = database.prepare(
    `INSERT INTO install_summary_change (tenant_id, sequence, previous_sequence, app_id, version, changed_at, actor, origin,
       request_id, before, after)
     SELECT tenant_id, ?2 + row_number() OVER (ORDER BY app_id), change_sequence, app_id, version + ?3, ?4, ?5, 'restore',
       ?6, '{}', '{}'
     FROM install_summary WHERE tenant_id = ?1`,
  );
  const updateSummaries = database.prepare(
    `UPDATE install_summary AS s
     SET version = c.version, change_sequence = c.sequence, modified_at = c.changed_at, modified_by = c.actor
     FROM install_summary_change c
     WHERE s.tenant_id = ?1 AND c.tenant_id = ?1 AND c.sequence > ?2 AND s.app_id = c.app_id`,
  );
  const updateFeed = database.prepare(
    "UPDATE change_feed SET last = ?2, erased_version = erased_version + ?3 WHERE tenant_id = ?1",
  );
  const writeErased = database.prepare(
    `INSERT INTO erased_tenant (digest, last, erased_version) VALUES (?, ?, ?)
     ON CONFLICT (digest) DO UPDATE SET last = excluded.last, erased_version = excluded.erased_version`,
  );
  const tenants = database
    .prepare("SELECT tenant_id FROM change_feed")
    .all()
    .map((row) => textOf(row, "tenant_id"));
  const { numbers: kept } = readNumbers(database);

  const none: TenantNumbers = { last: 0, version: 0 };
  const erased = new Set([...kept.keys(), ...replaced.keys(), anyTenant]);
  for (const tenantId of tenants) {
    const digest = digestTenant(tenantId);
    erased.delete(digest);
    const { base, versions } = liftOf(kept.get(digest) ?? none, replaced.get(digest));
    const { changes } = insertChanges.run(tenantId, base, versions, time, actor, requestId);
    updateSummaries.run(tenantId, base);
    updateFeed.run(tenantId, base + Number(changes), versions);
  }
  for (const digest of erased) {
    const own = kept.get(digest) ?? none;
    const { base, versions } = liftOf(own, replaced.get(digest));
    writeErased.run(digest, base, own.version + versions);
  }
}
