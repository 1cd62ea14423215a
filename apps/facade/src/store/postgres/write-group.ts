import {
  hasWritten,
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
import { isUnheard } from "./postgres-errors.ts";
import { retrying } from "./retrying.ts";
import type { SentGroup } from "./sent-group.ts";
import type { Connection, TransactionConnection } from "./statement.ts";
import { planUpdates, sendUpdates } from "./update-group.ts";

/** Writes that are still to be decided, and the group that they were sent in, of which nothing was heard. */
export interface OpenWrites {
  readonly writes: readonly Write[];
  readonly unheard?: UnheardGroup | undefined;
}

/** Updates that were committed, as far as they are settled. */
interface CommittedUpdates extends OpenWrites {
  /** How many of them wrote something. */
  readonly written: number;
}

/** What a transaction has brought. */
interface CommittedWrites {
  readonly newApps: number;
  /** How many writes wrote something. */
  readonly written: number;
}

/** A group that may be committed, with the error that says so. */
interface UnheardGroup extends SentGroup {
  readonly error: unknown;
}

/**
 * Commits updates of one tenant, and settles them. Resolves to those that are not settled, for `commitLocked`: their apps
 * were changed by others in between, or nothing was heard of their commit.
 */
export async function commitUpdates(
  database: Database,
  tenantId: string,
  updates: readonly UpdateWrite[],
): Promise<CommittedUpdates> {
  let sent: SentGroup | undefined;
  try {
    const { outcomes, open } = await retrying(() =>
      database.commitOne(async (connection, commit) => {
        const plan = await planUpdates(connection, tenantId, updates);
        ({ sent } = plan);
        return plan.sent.settle(await sendUpdates(commit, tenantId, plan));
      }),
    );
    for (const outcome of outcomes) settleWrite(outcome);
    return { writes: open, written: outcomes.filter(hasWritten).length };
  } catch (error) {
    if (sent === undefined || !isUnheard(error)) throw error;
    return { writes: updates, unheard: { ...sent, error }, written: 0 };
  }
}

/**
 * Commits writes of one tenant, whatever they are, while all others that write to it wait, and settles them. Those of a group
 * of which nothing was heard are first looked for in the log.
 */
export async function commitLocked(
  database: Database,
  tenantId: string,
  { writes, unheard }: OpenWrites,
): Promise<CommittedWrites> {
  let sent: SentGroup | undefined;
  try {
    const parts = await retrying(() =>
      database.transact(
        async (connection) => {
          const written = await writeGroup(connection, tenantId, { writes, unheard });
          ({ sent } = written);
          return written.parts;
        },
        { isKept: (written) => unheard !== undefined || written.some(({ isChanged }) => isChanged) },
      ),
    );
    for (const { settle } of parts) settle();
    const sum = (name: keyof CommittedWrites): number =>
      parts.reduce((before, { [name]: count = 0 }) => before + count, 0);
    return { newApps: sum("newApps"), written: sum("written") };
  } catch (error) {
    // It is still not known what became of them.
    if (unheard !== undefined) throw unheard.error;
    if (sent === undefined || !isUnheard(error)) throw error;
    return commitLocked(database, tenantId, { writes, unheard: { ...sent, error } });
  }
}

/** A part of a transaction: whether it has written anything, and what tells its writes once that is durable. */
interface WrittenPart extends Partial<CommittedWrites> {
  readonly isChanged: boolean;
  readonly settle: () => void;
}

/** What a transaction has written, and how to find out whether it was committed; undefined where the log does not tell. */
interface WrittenGroup {
  readonly parts: readonly WrittenPart[];
  readonly sent: SentGroup | undefined;
}

async function writeGroup(
  connection: TransactionConnection,
  tenantId: string,
  { writes, unheard }: OpenWrites,
): Promise<WrittenGroup> {
  const parts: WrittenPart[] = [];
  const planned = writes.filter(isPlanned);
  const deleting = writes.filter(isDeleting);
  let sent: SentGroup | undefined;
  if (planned.length > 0) {
    const group = await writeLockedGroup(connection, tenantId, planned, unheard);
    const { outcomes, rows } = group;
    if (deleting.length === 0 && rows.changes.length > 0) ({ sent } = group);
    parts.push({
      isChanged: rows.apps.length + rows.changes.length > 0,
      newApps: rows.apps.filter(({ isNew }) => isNew).length,
      written: outcomes.filter(hasWritten).length,
      settle: () => outcomes.forEach(settleWrite),
    });
  }
  for (const write of deleting) parts.push(await runDeletion(connection, write));
  return { parts, sent };
}

async function runDeletion(connection: Connection, write: DeletingWrite): Promise<WrittenPart> {
  if (write.kind === "removal") {
    const { result, isChanged } = await removeChanges(connection, write);
    return { isChanged, settle: () => write.succeed(result) };
  }
  const { result, isChanged } = await eraseStep(connection, write);
  return { isChanged, settle: () => write.succeed(result) };
}
