import type { Signal } from "@install-summary/core/service";
import {
  isDeleting,
  isPlanned,
  type DeletingWrite,
  type PlannedWrite,
  type UpdateWrite,
  type Write,
} from "../sql/write.ts";
import { commitDeletion } from "./commit-deletion.ts";
import type { Database } from "./database.ts";
import { serviceFault } from "./faults.ts";
import { commitLocked, commitUpdates, type OpenWrites } from "./write-group.ts";

/** Writes groups of one tenant each, and remembers whether the database took the last one. */
export interface GroupWriter {
  /** Runs a group as `createGroupCommit` asks for it. */
  run(tenantId: string, take: () => readonly Write[]): Promise<void>;
  /** Whether the last write went through. Before the first one it is not known whether the database takes any. */
  isWritable(): boolean;
  /** Is told of a write beside the groups that went through. */
  wasWritten(): void;
}

/** What a writer of groups works with. */
export interface GroupWriterParts {
  readonly database: Database;
  /** Raised after each group. */
  readonly committed: Signal;
  /** Is told how many apps a group has created. */
  readonly onCreated: (apps: number) => void;
  /** Is told of each group that went through: how many writes wrote something, which may be none, and how long it took. */
  readonly onCommit?: ((writes: number, ms: number) => void) | undefined;
}

/** Creates the writer of a store's groups. */
export function createGroupWriter({
  database,
  committed,
  onCreated,
  onCommit,
}: GroupWriterParts): GroupWriter {
  let isWritable = false;

  const noteCommit = (written: number, start: number): void => {
    isWritable = true;
    onCommit?.(written, performance.now() - start);
    committed.raise();
  };

  const commitPlanned = async (tenantId: string, group: readonly PlannedWrite[]): Promise<void> => {
    let open: OpenWrites = { writes: group };
    const start = performance.now();
    try {
      let written = 0;
      if (group.every(isUpdate)) ({ written, ...open } = await commitUpdates(database, tenantId, group));
      // Those whose apps others change at the same time do not meet them a second time.
      if (open.writes.length > 0) {
        const locked = await commitLocked(database, tenantId, open);
        written += locked.written;
        onCreated(locked.newApps);
      }
      noteCommit(written, start);
    } catch (error) {
      isWritable = false;
      const fault = serviceFault(error, "change");
      for (const write of open.writes) write.fail(fault);
    }
  };

  const commitDeleting = async (write: DeletingWrite): Promise<void> => {
    const start = performance.now();
    try {
      await commitDeletion(database, write);
      noteCommit(0, start);
    } catch (error) {
      isWritable = false;
      write.fail(serviceFault(error, "deletion"));
    }
  };

  return {
    isWritable: () => isWritable,
    wasWritten: () => (isWritable = true),
    async run(tenantId, take) {
      // What arrives while the group waits for a connection comes with the next one, which starts when this one has ended.
      const group = take();
      const planned = group.filter(isPlanned);
      if (planned.length > 0) await commitPlanned(tenantId, planned);
      for (const write of group.filter(isDeleting)) await commitDeleting(write);
    },
  };
}

function isUpdate(write: Write): write is UpdateWrite {
  return write.kind === "update";
}
