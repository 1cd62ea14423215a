import type { ChangePage, ChangeQuery, LoggedChange } from "@install-summary/core/service";
import type { DatabaseSync } from "node:sqlite";
import { changePage, changeRange, type ChangeRange, type FoundChanges } from "../sql/change-page.ts";
import { loggedChangeOfRow } from "../sql/change-rows.ts";
import { textOf, wholeOf, wholeOrNull, type SqlRow } from "../sql/row-values.ts";
import { prepareFeed } from "./read-statements.ts";
import { addWanted, stopped, wanted } from "./wanted.ts";

/** Reads one page of a tenant's change log. */
export type ReadChanges = (tenantId: string, query: ChangeQuery) => ChangePage;

/** The texts of the queries. Each goes by the key of the log and sorts nothing. */
export const changeQueries = {
  /** (tenant, sequence before the first, last sequence, actor, origin, since, until, limit); null filters nothing */
  asc: scanQuery("ASC"),
  desc: scanQuery("DESC"),
  /** (tenant, app): where the history of an app begins when it is followed back */
  latest:
    "SELECT change_sequence AS previous_sequence FROM install_summary WHERE tenant_id = ? AND app_id = ?",
  /** (tenant, sequence, the one after it): whether it is in the hole before the changes of a restore */
  next: `SELECT origin = 'restore' AND sequence > ?3 AS isReplaced FROM install_summary_change
    WHERE tenant_id = ?1 AND sequence >= ?2 ORDER BY sequence LIMIT 1`,
  /** (tenant, sequence) */
  one: `${selectChange()} WHERE c.tenant_id = ? AND c.sequence = ?`,
} as const;

/** Prepares what reads the change log, once for a connection. A scan throws once `isWanted` says no. */
export function prepareChanges(database: DatabaseSync, isWanted?: () => boolean): ReadChanges {
  addWanted(database, isWanted);
  const scans = { asc: database.prepare(changeQueries.asc), desc: database.prepare(changeQueries.desc) };
  const readOne = database.prepare(changeQueries.one);
  const readLatest = database.prepare(changeQueries.latest);
  const readNext = database.prepare(changeQueries.next);
  const readFeed = prepareFeed(database);

  const isReplaced = (tenantId: string, { order, after }: ChangeQuery): boolean => {
    const next =
      order === "asc" && after !== undefined ? readNext.get(tenantId, after, after + 1) : undefined;
    return next !== undefined && wholeOf(next, "isReplaced") === 1;
  };

  /** The log in the order of its keys. */
  const scan = (
    tenantId: string,
    query: ChangeQuery,
    { low, high }: ChangeRange,
  ): readonly LoggedChange[] => {
    const { order, actor = null, origin = null, since = null, until = null, top } = query;
    const rows = scans[order].all(tenantId, low, high, actor, origin, since, until, top + 1);
    return rows.map(loggedChangeOfRow);
  };

  /** One app's changes, latest first: each change names the one before it. Returns the one before the last of them. */
  function* follow(
    tenantId: string,
    appId: string,
    { low, high }: ChangeRange,
  ): Generator<SqlRow, number | null> {
    // A page goes on from a change of the same app, where there is one.
    const from = readOne.get(tenantId, high + 1);
    const isOfApp = from !== undefined && textOf(from, "app_id") === appId;
    const start = isOfApp ? from : readLatest.get(tenantId, appId);
    let sequence = start === undefined ? null : wholeOrNull(start, "previous_sequence");
    while (sequence !== null && sequence > low) {
      if (isWanted?.() === false) throw stopped();
      const row = readOne.get(tenantId, sequence);
      if (row === undefined) return null;
      if (sequence <= high) yield row;
      sequence = wholeOrNull(row, "previous_sequence");
    }
    return sequence;
  }

  const readHistory = (
    tenantId: string,
    query: ChangeQuery & { appId: string },
    range: ChangeRange,
  ): Omit<FoundChanges, "isReplaced"> => {
    const found: number[] = [];
    const rows = follow(tenantId, query.appId, range);
    let step = rows.next();
    for (; step.done !== true; step = rows.next()) {
      if (!matches(step.value, query)) continue;
      found.push(wholeOf(step.value, "sequence"));
      if (query.order === "desc" && found.length > query.top) break;
    }
    const ordered = query.order === "asc" ? found.toReversed() : found;
    const changes = ordered.slice(0, query.top + 1).flatMap((sequence) => {
      const row = readOne.get(tenantId, sequence);
      return row === undefined ? [] : [loggedChangeOfRow(row)];
    });
    return { changes, hasOlder: step.done === true && step.value !== null };
  };

  const read: ReadChanges = (tenantId, query) => {
    const { appId } = query;
    const feed = readFeed(tenantId);
    const range = changeRange(query, feed);
    const found =
      appId === undefined
        ? { changes: scan(tenantId, query, range), hasOlder: feed.removed > 0 }
        : readHistory(tenantId, { ...query, appId }, range);
    return changePage(query, feed, { ...found, isReplaced: isReplaced(tenantId, query) });
  };

  // At one moment: a page that was read beside a removal would lack changes and not say so.
  return (tenantId, query) => {
    database.exec("BEGIN");
    try {
      return read(tenantId, query);
    } finally {
      if (database.isTransaction) database.exec("COMMIT");
    }
  };
}

function matches(row: SqlRow, { actor, origin, since = "", until }: ChangeQuery): boolean {
  const changedAt = textOf(row, "changed_at");
  return (
    (actor === undefined || textOf(row, "actor") === actor) &&
    (origin === undefined || textOf(row, "origin") === origin) &&
    changedAt >= since &&
    (until === undefined || changedAt < until)
  );
}

/** By the plus before the limit SQLite does not see a parameter, for whose values it would prepare the statement anew. */
function scanQuery(direction: "ASC" | "DESC"): string {
  return `${selectChange()}
    WHERE c.tenant_id = ?1 AND c.sequence > ?2 AND c.sequence <= ?3
      AND ${wanted} AND (?4 IS NULL OR c.actor = ?4) AND (?5 IS NULL OR c.origin = ?5)
      AND (?6 IS NULL OR c.changed_at >= ?6) AND (?7 IS NULL OR c.changed_at < ?7)
    ORDER BY c.sequence ${direction} LIMIT +?8`;
}

function selectChange(): string {
  return `SELECT c.sequence, c.previous_sequence, c.app_id, c.version, c.changed_at, c.actor, c.origin, c.request_id,
      c.client_request_id, c.before, c.after, m.display_name
    FROM install_summary_change c LEFT JOIN mobile_app m ON m.tenant_id = c.tenant_id AND m.id = c.app_id`;
}
