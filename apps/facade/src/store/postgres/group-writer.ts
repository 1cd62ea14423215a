import type { Signal } from "@install-summary/core/service";
import { settleWrite, type PlannedWrite, type UpdateWrite } from "../sql/write.ts";
import type { Database } from "./database.ts";
import { writeLockedGroup } from "./locked-group.ts";
import { updateGroup } from "./update-group.ts";

/** Writes groups of one tenant each. */
export interface GroupWriter {
  /** Runs a group as `createGroupCommit` asks for it. */
  run(tenantId: string, take: () => readonly PlannedWrite[]): Promise<void>;
}

/** What a writer of groups works with. */
export interface GroupWriterParts {
  readonly database: Database;
  /** Raised after each group that wrote something. */
  readonly committed: Signal;
  /** Is told of each group that was committed: how many writes it had, and the milliseconds that it took. */
  readonly onCommit?: ((writes: number, ms: number) => void) | undefined;
}

/** Creates the writer of a store's groups. */
export function createGroupWriter({ database, committed, onCommit }: GroupWriterParts): GroupWriter {
  const run: GroupWriter["run"] = async (tenantId, take) => {
    let waiting: readonly PlannedWrite[] = [];
    const start = performance.now();
    try {
      waiting = await database.use(async (connection) => {
        waiting = take();
        const updates = waiting.filter(isUpdate);
        if (updates.length < waiting.length) return waiting;
        const { outcomes, lost } = await updateGroup(connection, tenantId, updates);
        for (const outcome of outcomes) settleWrite(outcome);
        return lost;
      });
      if (waiting.length === 0) return;
      const { outcomes } = await database.transact(
        (connection) => writeLockedGroup(connection, tenantId, waiting),
        ({ rows }) => rows.apps.length + rows.changes.length > 0,
      );
      for (const outcome of outcomes) settleWrite(outcome);
      waiting = [];
    } catch (error) {
      for (const write of waiting) write.fail(error);
      throw error;
    } finally {
      onCommit?.(1, performance.now() - start);
      committed.raise();
    }
  };
  return { run };
}

function isUpdate(write: PlannedWrite): write is UpdateWrite {
  return write.kind === "update";
}
