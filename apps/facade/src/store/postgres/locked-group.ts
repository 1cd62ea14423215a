import { feedOfRow, newFeed, type Feed } from "../sql/feed.ts";
import type { CurrentApp } from "../sql/group.ts";
import { planGroup, type GroupPlan } from "../sql/plan-group.ts";
import type { PlannedWrite } from "../sql/write.ts";
import { readApps, readErasedFeed, readSummaries } from "./read-statements.ts";
import type { Connection } from "./statement.ts";
import { writeRows, writeStatements } from "./write-statements.ts";

/**
 * Decides and writes a group of a tenant inside a transaction that keeps all other writers of the tenant out. Returns the
 * plan; without rows in it the transaction must be rolled back.
 */
export async function writeLockedGroup(
  connection: Connection,
  tenantId: string,
  writes: readonly PlannedWrite[],
): Promise<GroupPlan> {
  const imports = writes.flatMap((write) => (write.kind === "import" ? write.rows : []));
  // A statement that waits for the lock would see the tenant as it was before: the lock comes first.
  const feed = await lockTenant(connection, tenantId, imports.length > 0);
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
