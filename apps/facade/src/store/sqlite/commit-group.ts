import { settleWrite, type Write } from "../sql/write.ts";
import { appKeyText, planGroup, type CurrentApp, type GroupState } from "../sql/plan-group.ts";
import type { AppKey } from "../sql/rows.ts";
import { unavailable } from "../unavailable.ts";
import type { Connection } from "./connection.ts";
import { serviceFault } from "./faults.ts";
import type { ReadStatements } from "./read-statements.ts";

/**
 * Commits the writes that `take` hands out as soon as the file can be written, and settles each. Returns what failed
 * the group, or undefined. Throws SQLite's busy error while another process writes; then nothing was taken.
 */
export function commitGroup(connection: Connection, take: () => readonly Write[]): unknown {
  const { database, reads, writes } = connection;
  checkPlace(connection);
  writes.begin();
  // Only now, so that what arrived while another process held the file comes along.
  const group = take();
  try {
    const { outcomes, rows } = planGroup(group, readState(reads, group), new Date().toISOString());
    writes.writeRows(rows);
    writes.commit();
    for (const outcome of outcomes) settleWrite(outcome);
    return undefined;
  } catch (error) {
    // After some faults SQLite has ended the transaction by itself.
    if (database.isTransaction) writes.rollback();
    const fault = serviceFault(error);
    for (const write of group) write.fail(fault);
    return error;
  }
}

/** Reads what the plan of a group needs: imports need apps as a whole, updates only summaries. */
function readState(reads: ReadStatements, group: readonly Write[]): GroupState {
  const apps = new Map<string, CurrentApp>();
  const feeds = new Map<string, number>();
  for (const write of group) {
    const { tenantId } = write;
    if (!feeds.has(tenantId)) feeds.set(tenantId, reads.readFeed(tenantId));
    if (write.kind !== "import") continue;
    for (const { appId } of write.rows)
      apps.set(appKeyText({ tenantId, appId }), readApp(reads, { tenantId, appId }));
  }
  for (const write of group) {
    if (write.kind !== "update") continue;
    const text = appKeyText(write);
    if (apps.has(text)) continue;
    const stored = reads.readSummary(write.tenantId, write.appId);
    if (stored !== undefined) apps.set(text, { kind: "known", ...stored });
  }
  return { apps, feeds };
}

function readApp(reads: ReadStatements, key: AppKey): CurrentApp {
  const stored = reads.readApp(key);
  return stored === undefined
    ? { kind: "new", lastVersion: reads.readLastVersion(key) }
    : { kind: "known", ...stored };
}

/** Throws a 503 once the file was moved or replaced: what SQLite writes then would be lost. */
export function checkPlace(connection: Connection): void {
  if (!connection.inPlace()) throw unavailable("The database file was moved or replaced.", 60);
}
