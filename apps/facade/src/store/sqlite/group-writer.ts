import type { Write } from "../sql/write.ts";
import type { Checkpointer } from "./checkpointer.ts";
import { checkPlace, commitGroup } from "./commit-group.ts";
import type { Connection, Connector } from "./connection.ts";
import { serviceFault, sqliteCode, sqliteCodes, whenFree } from "./faults.ts";
import { applicationId } from "./schema.ts";

/** Writes groups through the one connection of a store, and remembers how the last one ended. */
export interface GroupWriter {
  /** Runs a group as `createGroupCommit` asks for it: at once, or once no other process writes and the log is short. */
  run(take: () => readonly Write[]): Promise<void> | undefined;
  /** Resolves while the file can be read and written; rejects with a 503 otherwise. */
  check(): Promise<void>;
}

/** Creates the writer of a store's groups, which tells the checkpointer of each and waits where that asks for it. */
export function createGroupWriter(connector: Connector, checkpointer: Checkpointer): GroupWriter {
  let lastFault: unknown;

  const write = (take: () => readonly Write[]): void => {
    try {
      const end = connector.now((connection) => commitGroup(connection, take));
      lastFault = "fault" in end ? end.fault : undefined;
      if ("changes" in end) checkpointer.note(end.changes);
    } catch (error) {
      if (sqliteCode(error) !== sqliteCodes.busy) lastFault = error;
      throw error;
    } finally {
      // What SQLite knows of the file may be wrong after a failed fsync.
      if (sqliteCode(lastFault) === sqliteCodes.io) connector.drop();
    }
  };

  return {
    run(take) {
      const pause = checkpointer.pause();
      if (pause !== undefined) return pause.then(() => whenFree(() => write(take))).catch(rethrow);
      try {
        write(take);
        return undefined;
      } catch (error) {
        if (sqliteCode(error) !== sqliteCodes.busy) throw serviceFault(error);
        return whenFree(() => write(take)).catch(rethrow);
      }
    },
    check() {
      return connector
        .use((connection) => {
          checkPlace(connection);
          connection.reads.hasApps("");
          if (lastFault === undefined) return;
          commitSomething(connection);
          lastFault = undefined;
        })
        .catch(rethrow);
    },
  };
}

/** Commits what changes nothing, yet is written: only that tells whether a disk that was full has room again. */
function commitSomething({ database, writes }: Connection): void {
  writes.begin();
  try {
    database.exec(`PRAGMA application_id = ${applicationId}`);
    writes.commit();
  } finally {
    if (database.isTransaction) writes.rollback();
  }
}

function rethrow(error: unknown): never {
  throw serviceFault(error);
}
