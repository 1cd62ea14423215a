import { hasWritten, settleWrite, type PlannedWrite, type UpdateWrite } from "../sql/write.ts";
import type { Database } from "./database.ts";
import { writeLockedGroup, type LockedGroup } from "./locked-group.ts";
import { isUnheard } from "./postgres-errors.ts";
import { retrying } from "./retrying.ts";
import type { SentGroup } from "./sent-group.ts";
import { planUpdates, sendUpdates } from "./update-group.ts";

/** Writes that are still to be decided, and the group that they were sent in, of which nothing was heard. */
export interface OpenWrites {
  readonly writes: readonly PlannedWrite[];
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
 * Commits writes of one tenant, whatever they bring, while all others that write to it wait, and settles them. Those of a
 * group of which nothing was heard are first looked for in the log.
 */
export async function commitLocked(
  database: Database,
  tenantId: string,
  { writes, unheard }: OpenWrites,
): Promise<CommittedWrites> {
  let sent: SentGroup | undefined;
  try {
    const { outcomes, rows } = await retrying(() =>
      database.transact(
        async (connection) => {
          const group = await writeLockedGroup(connection, tenantId, writes, unheard);
          ({ sent } = group);
          return group;
        },
        { isKept: (group) => unheard !== undefined || hasRows(group) },
      ),
    );
    outcomes.forEach(settleWrite);
    return {
      newApps: rows.apps.filter(({ isNew }) => isNew).length,
      written: outcomes.filter(hasWritten).length,
    };
  } catch (error) {
    // It is still not known what became of them.
    if (unheard !== undefined) throw unheard.error;
    if (sent === undefined || !isUnheard(error)) throw error;
    return commitLocked(database, tenantId, { writes, unheard: { ...sent, error } });
  }
}

function hasRows({ rows }: LockedGroup): boolean {
  return rows.apps.length + rows.changes.length > 0;
}
