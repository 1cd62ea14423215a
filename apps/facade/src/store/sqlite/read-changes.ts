import type { ChangePage, ChangeQuery, LoggedChange } from "@install-summary/core/service";
import type { DatabaseSync } from "node:sqlite";
import { loggedChangeOfRow, textOf, wholeOf, wholeOrNull, type SqlRow } from "../sql/columns.ts";
import { queries } from "./read-statements.ts";

/** Reads one page of a tenant's change log. */
export type ReadChanges = (tenantId: string, query: ChangeQuery) => ChangePage;

/** The texts of the queries. Each goes by the key of the log and sorts nothing. */
export const changeQueries = {
  /** (tenant, sequence before the first, last sequence, actor, origin, since, until, limit); null filters nothing */
  asc: scanQuery("ASC"),
  desc: scanQuery("DESC"),
  /** (tenant, sequence) */
  one: `${selectChange()} WHERE c.tenant_id = ? AND c.sequence = ?`,
} as const;

/** Prepares what reads the change log, once for a connection. */
export function prepareChanges(database: DatabaseSync): ReadChanges {
  const scans = { asc: database.prepare(changeQueries.asc), desc: database.prepare(changeQueries.desc) };
  const readOne = database.prepare(changeQueries.one);
  const readLast = database.prepare(queries.readLastSequence);
  const readLatest = database.prepare(queries.readLatestSequence);

  /** The log in the order of its keys. */
  const scan = (tenantId: string, query: ChangeQuery, { low, high }: Range): readonly LoggedChange[] => {
    const { order, actor = null, origin = null, since = null, until = null, top } = query;
    const rows = scans[order].all(tenantId, low, high, actor, origin, since, until, top + 1);
    return rows.map(loggedChangeOfRow);
  };

  /** One app's changes, latest first: each change names the one before it. */
  function* follow(tenantId: string, appId: string, { low, high }: Range): Generator<SqlRow> {
    // A page goes on from a change of the same app, where there is one.
    const from = readOne.get(tenantId, high + 1);
    const isOfApp = from !== undefined && textOf(from, "app_id") === appId;
    const start = isOfApp ? from : readLatest.get(tenantId, appId, tenantId, appId);
    let sequence = start === undefined ? null : wholeOrNull(start, "previous_sequence");
    while (sequence !== null && sequence > low) {
      const row = readOne.get(tenantId, sequence);
      if (row === undefined) return;
      if (sequence <= high) yield row;
      sequence = wholeOrNull(row, "previous_sequence");
    }
  }

  const readHistory = (
    tenantId: string,
    query: ChangeQuery & { appId: string },
    range: Range,
  ): readonly LoggedChange[] => {
    const found: number[] = [];
    for (const row of follow(tenantId, query.appId, range)) {
      if (!matches(row, query)) continue;
      found.push(wholeOf(row, "sequence"));
      if (query.order === "desc" && found.length > query.top) break;
    }
    const ordered = query.order === "asc" ? found.toReversed() : found;
    return ordered.slice(0, query.top + 1).flatMap((sequence) => {
      const row = readOne.get(tenantId, sequence);
      return row === undefined ? [] : [loggedChangeOfRow(row)];
    });
  };

  return (tenantId, query) => {
    const { order, after, top, appId } = query;
    // Before the rows: what is committed after it belongs to the next page.
    const last = wholeOf(readLast.get(tenantId) ?? { last: 0 }, "last");
    const low = order === "asc" ? (after ?? 0) : 0;
    const high = order === "desc" && after !== undefined ? Math.min(after - 1, last) : last;
    const range = { low, high };
    const found =
      appId === undefined ? scan(tenantId, query, range) : readHistory(tenantId, { ...query, appId }, range);
    const changes = found.slice(0, top);
    // One more than the page holds tells whether there is another page.
    const end = found.length > top ? changes.at(-1)?.sequence : undefined;
    const next = end ?? (order === "asc" ? last : undefined);
    return { changes, ...(next !== undefined && { next }), hasGap: order === "asc" && low > last };
  };
}

/** True for a query that reads a part of the log which is not bounded by the length of the page. */
export function isLongRead({ order, appId, actor, origin, since, until }: ChangeQuery): boolean {
  const isFiltered = [actor, origin, since, until].some((filter) => filter !== undefined);
  return isFiltered || (appId !== undefined && order === "asc");
}

/** Sequences after `low`, up to `high`. */
interface Range {
  readonly low: number;
  readonly high: number;
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
      AND (?4 IS NULL OR c.actor = ?4) AND (?5 IS NULL OR c.origin = ?5)
      AND (?6 IS NULL OR c.changed_at >= ?6) AND (?7 IS NULL OR c.changed_at < ?7)
    ORDER BY c.sequence ${direction} LIMIT +?8`;
}

function selectChange(): string {
  return `SELECT c.sequence, c.previous_sequence, c.app_id, c.version, c.changed_at, c.actor, c.origin, c.request_id,
      c.client_request_id, c.before, c.after, m.display_name
    FROM install_summary_change c LEFT JOIN mobile_app m ON m.tenant_id = c.tenant_id AND m.id = c.app_id`;
}
