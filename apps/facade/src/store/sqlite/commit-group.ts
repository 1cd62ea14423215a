import { settleWrite, type Write } from "../sql/write.ts";
import { planGroup, type CurrentApp, type TenantState } from "../sql/plan-group.ts";
import type { AppKey } from "../sql/rows.ts";
import type { Connection } from "./connection.ts";
import { serviceFault } from "../../files/file-fault.ts";
import { sqliteCode, sqliteCodes } from "../../files/sqlite-codes.ts";
import type { ReadStatements } from "./read-statements.ts";

/** How a group ended: with so many rows in the change log, or with the error that failed all of its writes. */
export type GroupEnd = { readonly changes: number } | { readonly fault: unknown };

/**
 * Commits the writes that `take` hands out as soon as the file can be written, and settles each. Throws SQLite's busy
 * error while another process writes; then nothing was taken.
 */
export function commitGroup(connection: Connection, take: () => readonly Write[]): GroupEnd {
  const { database, reads, writes } = connection;
  writes.begin();
  // Only now, so that what arrived while another process held the file comes along.
  const group = take();
  try {
    const { outcomes, rows } = planGroup(group, readTenants(reads, group), new Date().toISOString());
    writes.writeRows(rows);
    writes.commit();
    for (const outcome of outcomes) settleWrite(outcome);
    return { changes: rows.changes.length };
  } catch (error) {
    // After some faults SQLite has ended the transaction by itself.
    if (database.isTransaction) writes.rollback();
    const fault = serviceFault(error, isUndone(error) ? " The change was not applied." : "");
    for (const write of group) write.fail(fault);
    return { fault: error };
  }
}

/** True where nothing reached the disk. After an I/O error a part may have. */
function isUndone(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === sqliteCodes.full || code === sqliteCodes.readOnly;
}

/** Reads what the plan of a group needs: imports need apps as a whole, updates only summaries. */
function readTenants(reads: ReadStatements, group: readonly Write[]): ReadonlyMap<string, TenantState> {
  const tenants = new Map<string, TenantState & { readonly apps: Map<string, CurrentApp> }>();
  for (const write of group) {
    const { tenantId } = write;
    let tenant = tenants.get(tenantId);
    if (tenant === undefined) {
      tenant = { apps: new Map(), lastSequence: reads.readFeed(tenantId) };
      tenants.set(tenantId, tenant);
    }
    if (write.kind === "import") {
      for (const { appId } of write.rows) tenant.apps.set(appId, readApp(reads, { tenantId, appId }));
    } else if (!tenant.apps.has(write.appId)) {
      const stored = reads.readSummary(tenantId, write.appId);
      if (stored !== undefined) tenant.apps.set(write.appId, { kind: "known", ...stored });
    }
  }
  return tenants;
}

function readApp(reads: ReadStatements, key: AppKey): CurrentApp {
  const stored = reads.readApp(key);
  return stored === undefined ? { kind: "new", erased: reads.readErased(key) } : { kind: "known", ...stored };
}
