import {
  isDeleting,
  isPlanned,
  settleWrite,
  type DeletingWrite,
  type UpdateWrite,
  type Write,
} from "../sql/write.ts";
import type { Database } from "./database.ts";
import { eraseStep, removeChanges } from "./delete-statements.ts";
import { writeLockedGroup } from "./locked-group.ts";
import { retrying } from "./retrying.ts";
import type { Connection } from "./statement.ts";
import { updateGroup } from "./update-group.ts";

/**
 * Commits updates of one tenant, and settles them. Resolves to those whose apps others have changed in between, for
 * `commitLocked`: nothing of them was committed.
 */
export async function commitUpdates(
  database: Database,
  tenantId: string,
  updates: readonly UpdateWrite[],
): Promise<readonly UpdateWrite[]> {
  const { outcomes, lost } = await retrying(() =>
    database.commitOne((connection, commit) => updateGroup(connection, commit, tenantId, updates)),
  );
  for (const outcome of outcomes) settleWrite(outcome);
  return lost;
}

/**
 * Commits writes of one tenant, whatever they are, while all others that write to it wait, and settles them. Resolves to the
 * number of apps that were created.
 */
export async function commitLocked(
  database: Database,
  tenantId: string,
  writes: readonly Write[],
): Promise<number> {
  const parts = await retrying(() =>
    database.transact(
      (connection) => writeGroup(connection, tenantId, writes),
      (written) => written.some(({ isChanged }) => isChanged),
    ),
  );
  for (const { settle } of parts) settle();
  return parts.reduce((sum, { newApps = 0 }) => sum + newApps, 0);
}

/** A part of a transaction: whether it has written anything, and what tells its writes once that is durable. */
interface WrittenPart {
  readonly isChanged: boolean;
  readonly newApps?: number;
  readonly settle: () => void;
}

async function writeGroup(
  connection: Connection,
  tenantId: string,
  writes: readonly Write[],
): Promise<readonly WrittenPart[]> {
  const parts: WrittenPart[] = [];
  const planned = writes.filter(isPlanned);
  if (planned.length > 0) {
    const { outcomes, rows } = await writeLockedGroup(connection, tenantId, planned);
    parts.push({
      isChanged: rows.apps.length + rows.changes.length > 0,
      newApps: rows.apps.filter(({ isNew }) => isNew).length,
      settle: () => outcomes.forEach(settleWrite),
    });
  }
  for (const write of writes.filter(isDeleting)) parts.push(await runDeletion(connection, write));
  return parts;
}

async function runDeletion(connection: Connection, write: DeletingWrite): Promise<WrittenPart> {
  if (write.kind === "removal") {
    const { result, isChanged } = await removeChanges(connection, write);
    return { isChanged, settle: () => write.succeed(result) };
  }
  const { result, isChanged } = await eraseStep(connection, write);
  return { isChanged, settle: () => write.succeed(result) };
}
