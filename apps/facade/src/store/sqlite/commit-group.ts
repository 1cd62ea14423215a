import { serviceFault } from "../../files/file-fault.ts";
import { sqliteCode, sqliteCodes } from "../../files/sqlite-codes.ts";
import type { CurrentApp, GroupRows, GroupTenant } from "../sql/group.ts";
import { notApplied } from "../sql/not-applied.ts";
import { planGroup } from "../sql/plan-group.ts";
import {
  hasWritten,
  isDeleting,
  isPlanned,
  settleWrite,
  type DeletingWrite,
  type PlannedWrite,
  type Write,
} from "../sql/write.ts";
import type { StoreConnection } from "./connection.ts";
import type { DeleteStatements } from "./delete-statements.ts";
import type { ReadStatements } from "./read-statements.ts";

/** What a group has written: about so many pages of the log, by so many writes that wrote something. */
export interface GroupEnd {
  readonly pages: number;
  readonly writes: number;
}

/** Commits a group and settles each of its writes. Throws what failed it; all that it did is undone then, and no write is settled. */
export function commitGroup(
  { database, reads, writes, deletes }: StoreConnection,
  take: () => readonly Write[],
): GroupEnd {
  writes.begin();
  // Only now, so that what arrived while another process held the file comes along.
  const group = take();
  try {
    const planned = group.filter(isPlanned);
    const { outcomes, rows } = planGroup(planned, readTenants(reads, planned), new Date().toISOString());
    writes.writeRows(rows);
    const deletions = group.filter(isDeleting).map((write) => runDeletion(deletes, write));
    writes.commit();
    for (const outcome of outcomes) settleWrite(outcome);
    for (const { settle } of deletions) settle();
    return { pages: countPages(rows, deletions), writes: outcomes.filter(hasWritten).length };
  } catch (error) {
    // After some faults SQLite has ended the transaction by itself.
    if (database.isTransaction) writes.rollback();
    throw error;
  }
}

/**
 * Commits the halves of a group that met a page which the disk does not give, so that in the end only what needs the page fails:
 * of many writes that are good most go in one commit, and none is read more often than the group can be halved.
 */
export function commitHalves(
  group: readonly Write[],
  commit: (take: () => readonly Write[]) => GroupEnd | undefined,
): GroupEnd {
  const middle = Math.ceil(group.length / 2);
  let [pages, writes] = [0, 0];
  for (const half of [group.slice(0, middle), group.slice(middle)]) {
    try {
      const end = commit(() => half);
      pages += end?.pages ?? 0;
      writes += end?.writes ?? 0;
    } catch (error) {
      // Another process may write meanwhile.
      for (const { fail } of half) fail(writeFault(error));
    }
  }
  return { pages, writes };
}

/** A deletion that is a part of a transaction, and what tells it once that is durable. */
interface Deletion {
  readonly rows: number;
  readonly settle: () => void;
}

function runDeletion(deletes: DeleteStatements, write: DeletingWrite): Deletion {
  if (write.kind === "removal") {
    const changes = deletes.removeChanges(write);
    return { rows: changes, settle: () => write.succeed(changes) };
  }
  const step = deletes.eraseStep(write);
  return { rows: step.apps + step.changes, settle: () => write.succeed(step) };
}

/** Summaries and apps lie scattered, one on a page; changes and what is deleted lie together, about ten on a page. */
function countPages({ changes, summaries, apps }: GroupRows, deletions: readonly Deletion[]): number {
  const together = deletions.reduce((sum, { rows }) => sum + rows, changes.length);
  const pages = summaries.length + apps.length + Math.ceil(together / 10);
  return pages === 0 ? 0 : pages + 3;
}

/** The 503 for a fault of a file that failed a write, which tells what became of it where that is known. */
export function writeFault(error: unknown): unknown {
  return serviceFault(error, isUndone(error) ? notApplied : "");
}

/** True where nothing reached the disk. After an I/O error a part may have. */
function isUndone(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === sqliteCodes.full || code === sqliteCodes.readOnly;
}

/** Reads what the plan of a group needs: imports need apps as a whole, updates only summaries. */
function readTenants(
  reads: ReadStatements,
  group: readonly PlannedWrite[],
): ReadonlyMap<string, GroupTenant> {
  const tenants = new Map<string, GroupTenant & { readonly apps: Map<string, CurrentApp> }>();
  for (const write of group) {
    const { tenantId } = write;
    let tenant = tenants.get(tenantId);
    if (tenant === undefined) {
      tenant = { apps: new Map(), feed: reads.readFeed(tenantId) };
      tenants.set(tenantId, tenant);
    }
    if (write.kind === "import") {
      for (const { appId } of write.rows) {
        const stored = reads.readApp({ tenantId, appId });
        if (stored !== undefined) tenant.apps.set(appId, { kind: "known", ...stored });
      }
    } else if (!tenant.apps.has(write.appId)) {
      const stored = reads.readSummary(tenantId, write.appId);
      if (stored !== undefined) tenant.apps.set(write.appId, { kind: "known", ...stored });
    }
  }
  return tenants;
}
