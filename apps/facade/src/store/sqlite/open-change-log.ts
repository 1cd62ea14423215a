import type { ChangeLog, ChangePage, ChangeQuery, Signal } from "@install-summary/core/service";
import type { GroupCommit } from "../sql/group-commit.ts";
import type { Write } from "../sql/write.ts";
import type { StoreConnection } from "./connection.ts";
import { isLongRead } from "../sql/change-page.ts";
import type { Searcher } from "../sql/search-line.ts";
import type { SearchQueue } from "./search-queue.ts";

/** How a tenant's change log is read. */
export interface ChangeLogParts {
  /** Reads in this thread. */
  readonly read: <Result>(action: (connection: StoreConnection) => Result) => Promise<Result>;
  /** The same in a turn, for as much as others should not wait for. Rejects where the caller has gone meanwhile. */
  readonly readInTurn: ChangeLogParts["read"];
  /** Reads in the thread of searches, or in this one where no other connection can open the file. */
  readonly search: <Result>(
    inThread: (searches: SearchQueue) => Promise<Result>,
    here: (connection: StoreConnection) => Result,
  ) => Promise<Result>;
  readonly commits: GroupCommit<Write>;
  /** Raised after each commit, and every second, since another process may have committed. */
  readonly committed: Signal;
}

/** How many changes may be read as soon as they are asked for, whatever else is read. */
const longPage = 50;

/** How many changes may be looked at in the thread of the server, to respond with those that match. */
const shortRead = 1000;

/** Opens the change log of a tenant, for someone of it. */
export function openChangeLog(
  { read, readInTurn, search, commits, committed }: ChangeLogParts,
  by: Searcher,
): ChangeLog {
  const { tenantId } = by;
  const readLastSequence = (): Promise<number> => read(({ reads }) => reads.readFeed(tenantId).last);
  /** How many changes there are at most behind the cursor of a query. */
  const countLeft = async ({ order, after }: ChangeQuery): Promise<number> =>
    order === "asc" && after !== undefined ? (await readLastSequence()) - after : Number.POSITIVE_INFINITY;
  return {
    readLastSequence,
    async readChanges(query) {
      const here = ({ readChanges }: StoreConnection): ChangePage => readChanges(tenantId, query);
      const isLong = isLongRead(query);
      if (!isLong && query.top <= longPage) return read(here);
      const left = await countLeft(query);
      if (isLong && left > shortRead) return search((searches) => searches.readChanges(by, query), here);
      // Who asks for page after page would have all turns, as long as the receiver takes them.
      return left > longPage ? readInTurn(here) : read(here);
    },
    async removeChanges(before, top) {
      // Most often nothing is old enough, which a read tells without a transaction.
      const oldest = await read(({ reads }) => reads.readOldestTime(tenantId));
      if (oldest === undefined || oldest >= before) return 0;
      return new Promise((succeed, fail) => {
        commits.add({ kind: "removal", tenantId, before, top, succeed, fail });
      });
    },
    async waitForChanges(after, signal) {
      while (!signal.aborted && (await readLastSequence()) <= after) await committed.wait(signal);
    },
  };
}
