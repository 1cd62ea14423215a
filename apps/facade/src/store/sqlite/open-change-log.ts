import type { ChangeLog, ChangePage, Signal } from "@install-summary/core/service";
import type { Connection } from "./connection.ts";
import { isLongRead } from "./read-changes.ts";
import type { SearchQueue } from "./search-queue.ts";

/** How a tenant's change log is read. */
export interface ChangeLogParts {
  /** Reads in this thread. */
  readonly read: <Result>(action: (connection: Connection) => Result) => Promise<Result>;
  /** Reads in the thread of searches, or in this one where no other connection can open the file. */
  readonly search: <Result>(
    inThread: (searches: SearchQueue) => Promise<Result>,
    here: (connection: Connection) => Result,
  ) => Promise<Result>;
  /** Raised after each commit, and every second, since another process may have committed. */
  readonly committed: Signal;
}

/** Opens the change log of a tenant. */
export function openChangeLog({ read, search, committed }: ChangeLogParts, tenantId: string): ChangeLog {
  const readLastSequence = (): Promise<number> => read(({ reads }) => reads.readLastSequence(tenantId));
  return {
    readLastSequence,
    readChanges(query) {
      const here = ({ readChanges }: Connection): ChangePage => readChanges(tenantId, query);
      return isLongRead(query) ? search((searches) => searches.readChanges(tenantId, query), here) : read(here);
    },
    async waitForChanges(after, signal) {
      while (!signal.aborted && (await readLastSequence()) <= after) await committed.wait(signal);
    },
  };
}
