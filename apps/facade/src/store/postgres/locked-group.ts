import { feedOfRow, newFeed, type Feed } from "../sql/feed.ts";
import type { CurrentApp } from "../sql/group.ts";
import { planGroup, type GroupPlan } from "../sql/plan-group.ts";
import type { PlannedWrite } from "../sql/write.ts";
import { readApps, readErasedFeed, readSummaries } from "./read-statements.ts";
import { findCommitted, type SentGroup } from "./sent-group.ts";
import type { Connection, TransactionConnection } from "./statement.ts";
import { writeRows, writeStatements } from "./write-statements.ts";

/** What a group came to: the outcomes to tell once the transaction is durable, and the rows that it wrote. */
export interface LockedGroup extends GroupPlan {
  /** The group as it is once the transaction was sent to be committed. */
  readonly sent: SentGroup;
}

/**
 * Decides and writes a group of a tenant inside a transaction that keeps all other writers of the tenant out. Without rows
 * the transaction must be rolled back. Where the group was sent before and nothing was heard of it, only what is not
 * committed is decided again; the transaction must then be committed in any case, since what it found is as durable as itself.
 */
export async function writeLockedGroup(
  connection: TransactionConnection,
  tenantId: string,
  writes: readonly PlannedWrite[],
  sent?: SentGroup,
): Promise<LockedGroup> {
  // A statement that waits for the lock would see the tenant as it was before: the lock comes first.
  const feed = await lockTenant(
    connection,
    tenantId,
    writes.some(({ kind }) => kind === "import"),
  );
  const settled = sent?.settle(await findCommitted(connection, tenantId, sent));
  const open = settled?.open ?? writes;
  const plan = await writeOpen(connection, { tenantId, feed }, open);
  const outcomes = [...(settled?.outcomes ?? []), ...plan.outcomes];
  return {
    outcomes,
    rows: plan.rows,
    sent: {
      changes: plan.rows.changes,
      // A transaction is committed as a whole. One without changes, which has renamed apps, is made again.
      settle: (committed) => (committed.size > 0 ? { outcomes, open: [] } : { outcomes: [], open: writes }),
    },
  };
}

async function writeOpen(
  connection: TransactionConnection,
  { tenantId, feed }: { readonly tenantId: string; readonly feed: Feed },
  writes: readonly PlannedWrite[],
): Promise<GroupPlan> {
  const imports = writes.flatMap((write) => (write.kind === "import" ? write.rows : []));
  const imported = await readApps(connection, tenantId, [...new Set(imports.map(({ appId }) => appId))]);
  const apps = new Map<string, CurrentApp>();
  for (const [appId, app] of imported) apps.set(appId, { kind: "known", ...app });
  const updated = writes.flatMap((write) =>
    write.kind === "update" && !apps.has(write.appId) ? write.appId : [],
  );
  for (const [appId, summary] of await readSummaries(connection, tenantId, [...new Set(updated)]))
    apps.set(appId, { kind: "known", ...summary });
  const plan = planGroup(writes, new Map([[tenantId, { apps, feed }]]), new Date().toISOString());
  await writeRows(connection, tenantId, plan.rows);
  return plan;
}

async function lockTenant(connection: Connection, tenantId: string, mayBegin: boolean): Promise<Feed> {
  const statement = mayBegin ? writeStatements.lockOrBegin : writeStatements.lock;
  const { rows } = await connection.run(statement, [tenantId]);
  const feed = rows[0] === undefined ? newFeed : feedOfRow(rows[0]);
  // A row that was made just now: the tenant may have been erased, even while this transaction waited for the lock.
  return feed.last === 0 ? readErasedFeed(connection, tenantId) : feed;
}
