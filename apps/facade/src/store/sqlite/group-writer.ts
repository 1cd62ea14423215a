import type { Signal } from "@install-summary/core/service";
import { serviceFault } from "../../files/file-fault.ts";
import { isUnreadPage, sqliteCode, sqliteCodes } from "../../files/sqlite-codes.ts";
import { whenFree } from "../../files/when-free.ts";
import type { Write } from "../sql/write.ts";
import type { Checkpointer } from "./checkpointer.ts";
import { commitHalves, commitGroup, writeFault, type GroupEnd } from "./commit-group.ts";
import type { StoreConnection } from "./connection.ts";
import type { Connector } from "./connector.ts";
import { applicationId } from "./schema.ts";
import { tryRoom } from "./try-room.ts";

/** Writes groups through the one connection of a store, and remembers how the last one ended. */
export interface GroupWriter {
  /** Runs a group as `createGroupCommit` asks for it: at once, or once no other process writes and the log is short. */
  run(take: () => readonly Write[]): Promise<void> | undefined;
  /** Resolves while the file can be read and written; rejects with a 503 otherwise. */
  check(): Promise<void>;
}

/** What a writer of groups works with. */
export interface GroupWriterParts {
  readonly connector: Connector;
  /** Is told of each group, and may ask to wait before the next one. */
  readonly checkpointer: Checkpointer;
  /** Raised after each group that wrote something. */
  readonly committed: Signal;
  /** Is told of each group that went through: how many writes wrote something, which may be none, and how long it took. */
  readonly onCommit?: ((writes: number, ms: number) => void) | undefined;
}

/**
 * How often a group is split whose pages the disk does not give: ten find one write of a thousand. All that goes on meanwhile waits
 * for it.
 */
const maxSplits = 40;

/** Creates the writer of a store's groups. */
export function createGroupWriter({
  connector,
  checkpointer,
  committed,
  onCommit,
}: GroupWriterParts): GroupWriter {
  /** Whether the last write reached the disk. Before the first one it is not known whether the disk takes any. */
  let isWritable = false;

  /**
   * A commit that failed may be whole in the log, where the next start would find it. The next commit takes its place, or
   * starts the log anew once all of it is in the store's file, which also helps where the log cannot grow.
   */
  const overwrite = (): void => {
    try {
      connector.now((connection) => {
        connection.database.exec("PRAGMA wal_checkpoint(PASSIVE)");
        commitSomething(connection);
      });
      isWritable = true;
    } catch {
      // The disk still fails. The next check, or the next change, tries it again.
    }
  };

  /** Commits a group, or fails its writes. Throws what kept it from being taken. */
  const commit = (take: () => readonly Write[], splits = { left: maxSplits }): GroupEnd | undefined => {
    const group = once(take);
    try {
      connector.look();
      const end = connector.now((connection) => commitGroup(connection, group.take));
      if (end.pages > 0) isWritable = true;
      return end;
    } catch (error) {
      const taken = group.taken();
      const code = sqliteCode(error);
      // A page that the disk does not give: nothing was written.
      const isUnread = isUnreadPage(error);
      if (!isUnread && (taken !== undefined || code !== sqliteCodes.busy)) isWritable = false;
      if (taken === undefined) throw error;
      if (isUnread && taken.length > 1 && splits.left > 0) {
        splits.left -= 1;
        return commitHalves(taken, (half) => commit(half, splits));
      }
      for (const { fail } of taken) fail(writeFault(error));
      if (code === sqliteCodes.io && !isUnread) overwrite();
      return undefined;
    }
  };

  const write = (take: () => readonly Write[]): void => {
    const start = performance.now();
    const end = commit(take);
    if (end === undefined) return;
    onCommit?.(end.writes, performance.now() - start);
    checkpointer.note(end.pages);
    if (end.pages > 0) committed.raise();
  };

  return {
    run(take) {
      const pause = checkpointer.pause();
      if (pause !== undefined) return pause.then(() => whenFree(() => write(take))).catch(rethrowWrite);
      try {
        write(take);
        return undefined;
      } catch (error) {
        if (sqliteCode(error) !== sqliteCodes.busy) throw writeFault(error);
        return whenFree(() => write(take)).catch(rethrowWrite);
      }
    },
    check() {
      connector.look();
      return connector
        .use((connection) => {
          connection.reads.hasApps("");
          if (isWritable) return;
          tryRoom(connection);
          commitSomething(connection);
          isWritable = true;
        })
        .catch(rethrow);
    },
  };
}

/** Takes a group once, though its transaction may run twice. */
function once(take: () => readonly Write[]) {
  let group: readonly Write[] | undefined;
  return { take: () => (group ??= take()), taken: () => group };
}

/** Commits what changes nothing, yet is written: only that tells whether a disk that was full has room again. */
function commitSomething({ database, writes }: StoreConnection): void {
  writes.begin();
  try {
    database.exec(`PRAGMA application_id = ${applicationId}`);
    writes.commit();
  } finally {
    if (database.isTransaction) writes.rollback();
  }
}

function rethrowWrite(error: unknown): never {
  throw writeFault(error);
}

function rethrow(error: unknown): never {
  throw serviceFault(error);
}
