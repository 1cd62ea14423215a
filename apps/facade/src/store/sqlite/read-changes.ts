import type { ChangePage, ChangeQuery, LoggedChange } from "@install-summary/core/service";
import type { DatabaseSync } from "node:sqlite";
import { changePage, changeRange, type ChangeRange } from "../sql/change-page.ts";
import { loggedChangeOfRow } from "../sql/change-rows.ts";
import { wholeOf } from "../sql/row-values.ts";
import { changeQueries } from "./change-queries.ts";
import { createParts, takeAll, type Steps } from "./parts.ts";
import { prepareHistory } from "./read-history.ts";
import { prepareFeed } from "./read-statements.ts";
import { addWanted } from "./wanted.ts";

/** Reads one page of a tenant's change log. */
export type ReadChanges = (tenantId: string, query: ChangeQuery) => ChangePage;

/** The same in parts, between which others have their turns. */
export type ScanChanges = (tenantId: string, query: ChangeQuery) => Steps<ChangePage>;

/** How the change log is read. */
export interface ChangeReads {
  readonly readChanges: ReadChanges;
  readonly scanChanges: ScanChanges;
}

/** Prepares what reads the change log, once for a connection. A scan throws once `isWanted` says no. */
export function prepareChanges(database: DatabaseSync, isWanted?: () => boolean): ChangeReads {
  addWanted(database, isWanted);
  const scans = { asc: database.prepare(changeQueries.asc), desc: database.prepare(changeQueries.desc) };
  const readNext = database.prepare(changeQueries.next);
  const readFeed = prepareFeed(database);
  const readHistory = prepareHistory(database);

  const isReplaced = (tenantId: string, { order, after }: ChangeQuery): boolean => {
    const next =
      order === "asc" && after !== undefined ? readNext.get(tenantId, after, after + 1) : undefined;
    return next !== undefined && wholeOf(next, "isReplaced") === 1;
  };

  const scan = (tenantId: string, query: ChangeQuery, { low, high }: ChangeRange, limit: number) => {
    const { order, actor = null, origin = null, since = null, until = null } = query;
    return scans[order].all(tenantId, low, high, actor, origin, since, until, limit).map(loggedChangeOfRow);
  };

  /** The log in the order of its keys: part by part of its sequences. */
  function* scanLog(
    tenantId: string,
    query: ChangeQuery,
    range: ChangeRange,
  ): Steps<readonly LoggedChange[]> {
    const readPart = createParts();
    const limit = query.top + 1;
    const changes: LoggedChange[] = [];
    let left = range;
    while (left.low < left.high && changes.length < limit) {
      left = readPart((length) => {
        const { low, high } = left;
        const isUp = query.order === "asc";
        const part = isUp
          ? { low, high: Math.min(low + length, high) }
          : { low: Math.max(high - length, low), high };
        changes.push(...scan(tenantId, query, part, limit - changes.length));
        return isUp ? { low: part.high, high } : { low, high: part.low };
      });
      yield;
    }
    return changes;
  }

  function* read(tenantId: string, query: ChangeQuery, inParts: boolean): Steps<ChangePage> {
    const { appId } = query;
    const feed = readFeed(tenantId);
    const range = changeRange(query, feed);
    if (appId !== undefined) {
      const found = yield* readHistory(tenantId, { ...query, appId }, range);
      return changePage(query, feed, { ...found, isReplaced: isReplaced(tenantId, query) });
    }
    const changes = inParts
      ? yield* scanLog(tenantId, query, range)
      : scan(tenantId, query, range, query.top + 1);
    return changePage(query, feed, {
      changes,
      hasOlder: feed.removed > 0,
      isReplaced: isReplaced(tenantId, query),
    });
  }

  // At one moment: a page that was read beside a removal would lack changes and not say so.
  const readChanges: ReadChanges = (tenantId, query) => {
    database.exec("BEGIN");
    try {
      return takeAll(read(tenantId, query, false));
    } finally {
      if (database.isTransaction) database.exec("COMMIT");
    }
  };

  return {
    readChanges,
    *scanChanges(tenantId, query) {
      const before = readFeed(tenantId);
      const page = yield* read(tenantId, query, true);
      const after = readFeed(tenantId);
      // Between parts no snapshot stays open. Changes are only added to the log, but for a removal now and then.
      const isWhole = after.removed === before.removed && after.last >= before.last;
      return isWhole ? page : readChanges(tenantId, query);
    },
  };
}
