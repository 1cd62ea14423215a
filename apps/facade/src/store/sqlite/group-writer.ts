import type { Write } from "../sql/write.ts";
import { checkPlace, commitGroup } from "./commit-group.ts";
import type { Connection, Connector } from "./connection.ts";
import { serviceFault, sqliteCode, sqliteCodes, whenFree } from "./faults.ts";
import { applicationId } from "./schema.ts";

/** Writes groups through the one connection of a store, and remembers how the last one ended. */
export interface GroupWriter {
  /** Runs a group as `createGroupCommit` asks for it: at once, or as soon as no other process writes. */
  run(take: () => readonly Write[]): Promise<void> | undefined;
  /** Resolves while the file can be read and written; rejects with a 503 otherwise. */
  check(): Promise<void>;
}

export function createGroupWriter(connector: Connector): GroupWriter {
  let lastFault: unknown;

  const write = (take: () => readonly Write[]): void => {
    try {
      lastFault = connector.now((connection) => commitGroup(connection, take));
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
