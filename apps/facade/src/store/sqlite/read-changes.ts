import type { ChangePage, ChangeQuery, LoggedChange } from "@install-summary/core/service";
import type { DatabaseSync } from "node:sqlite";
import { changePage, changeRange } from "../sql/change-page.ts";
import { loggedChangeOfRow } from "../sql/change-rows.ts";
import { wholeOf } from "../sql/row-values.ts";
import { changeQueries } from "./change-queries.ts";
import { atOneMoment } from "./one-moment.ts";
import { createParts, takeAll, type ReadPart, type Steps } from "./parts.ts";
import { prepareHistory } from "./read-history.ts";
import { prepareFeed } from "./read-statements.ts";
import { prepareLogScans } from "./scan-log.ts";
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
export function prepareChanges(
  database: DatabaseSync,
  isWanted?: () => boolean,
  makeParts = createParts,
): ChangeReads {
  addWanted(database, isWanted);
  const readOne = database.prepare(changeQueries.one);
  const readNext = database.prepare(changeQueries.next);
  const readFeed = prepareFeed(database);
  const readHistory = prepareHistory(database);
  const scanLog = prepareLogScans(database);

  const isReplaced = (tenantId: string, { order, after }: ChangeQuery): boolean => {
    const next =
      order === "asc" && after !== undefined ? readNext.get(tenantId, after, after + 1) : undefined;
    return next !== undefined && wholeOf(next, "isReplaced") === 1;
  };

  /** The changes of some sequences, which are in the log. */
  const readLogged = (tenantId: string, sequences: readonly number[]): readonly LoggedChange[] =>
    sequences.flatMap((sequence) => {
      const row = readOne.get(tenantId, sequence);
      return row === undefined ? [] : [loggedChangeOfRow(row)];
    });

  function* read(tenantId: string, query: ChangeQuery, readPart: ReadPart): Steps<ChangePage> {
    const { appId, top } = query;
    const begin = atOneMoment(database, () => ({
      feed: readFeed(tenantId),
      isReplaced: isReplaced(tenantId, query),
    }));
    const range = changeRange(query, begin.feed);
    const readRemoved = (): number => readFeed(tenantId).removed;
    // What was removed since the beginning has no place in the page, which says so.
    const page = (removed: number, changes: readonly LoggedChange[], hasOlder: boolean): ChangePage =>
      changePage(
        query,
        { last: Math.max(begin.feed.last, removed), removed },
        { changes, hasOlder, isReplaced: begin.isReplaced },
      );
    if (appId === undefined) {
      const { changes, removed } = yield* scanLog({ tenantId, query, range, readPart, readRemoved });
      return page(removed, changes, removed > 0);
    }
    const { sequences, hasOlder } = yield* readHistory(tenantId, { ...query, appId }, range);
    return atOneMoment(database, () => {
      const removed = readRemoved();
      const kept = sequences.filter((sequence) => sequence > removed);
      const changes = readLogged(tenantId, kept.slice(0, top + 1));
      return page(removed, changes, hasOlder || kept.length < sequences.length);
    });
  }

  return {
    // At one moment: it takes no turns.
    readChanges: (tenantId, query) =>
      atOneMoment(database, () => takeAll(read(tenantId, query, (part) => part(Infinity)))),
    scanChanges: (tenantId, query) => read(tenantId, query, makeParts()),
  };
}
