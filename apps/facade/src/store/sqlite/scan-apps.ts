import {
  comparePositions,
  completeOrder,
  formatCursor,
  type AppJson,
  type AppPage,
  type AppPosition,
  type AppQuery,
} from "@install-summary/core/service";
import type { DatabaseSync } from "node:sqlite";
import { appJsonOfValues } from "../sql/app-json.ts";
import type { SqlText } from "../sql/sql-text.ts";
import { textOf, wholeOf, type SqlRow } from "../sql/row-values.ts";
import { createParts, type ReadPart, type Steps } from "./parts.ts";
import { matchesSql, nextIds, positionsSql, rangeCountSql } from "./part-sql.ts";
import { createStatementCache } from "./statement-cache.ts";

/**
 * Reads one page of a tenant's apps in parts of the tenant, by ids. Each part is read by a statement of its own, so that no
 * snapshot stays open between them: an app is read whole, and one that is changed meanwhile as it was before or after.
 */
export type ScanPage = (tenantId: string, query: AppQuery) => Steps<AppPage>;

/** How a scan is divided. */
export interface ScanOptions {
  readonly makeParts?: () => ReadPart;
  /**
   * How many positions are kept at most, where a page has fewer. Where more apps are left out, they are passed in stages.
   * @default 10000
   */
  readonly maxKept?: number;
}

/** Prepares what reads pages in parts, once for a connection that has the functions of pages. */
export function prepareScans(
  database: DatabaseSync,
  { makeParts = createParts, maxKept = 10_000 }: ScanOptions = {},
): ScanPage {
  const prepare = createStatementCache(database);
  const readAll = ({ sql, values }: SqlText): readonly SqlRow[] => prepare(sql).all(...values);

  /** The first positions after the query's cursor, in its order; and how many apps match, where it asks for that. */
  function* find(readPart: ReadPart, tenantId: string, query: AppQuery, limit: number): Steps<Found> {
    const order = completeOrder(query.orderBy);
    const compare = (one: AppPosition, other: AppPosition): number => comparePositions(one, other, order);
    let positions: readonly AppPosition[] = [];
    let count = 0;
    let after = "";
    for (;;) {
      const isLast = readPart((length) => {
        const next = prepare(nextIds).get(tenantId, after, length) ?? {};
        const found = wholeOf(next, 1);
        if (found === 0) return true;
        const range = { after, upTo: textOf(next, 0) };
        const rows = readAll(positionsSql(tenantId, query, range, { limit, before: positions[limit - 1] }));
        if (rows.length > 0) {
          positions = [...positions, ...rows.map((row) => positionOfValues(row, order.length))]
            .toSorted(compare)
            .slice(0, limit);
        }
        if (query.count === true)
          count += wholeOf(readAll(rangeCountSql(tenantId, query, range))[0] ?? {}, 0);
        after = range.upTo;
        return found < length;
      });
      if (isLast) return { positions, count };
      yield;
    }
  }

  /** The apps at some positions. One that has changed meanwhile, and does not match any more, is left out. */
  function* readApps(
    readPart: ReadPart,
    tenantId: string,
    query: AppQuery,
    ids: readonly string[],
  ): Steps<readonly AppJson[]> {
    const apps = new Map<string, AppJson>();
    let at = 0;
    while (at < ids.length) {
      const some = readPart((length) => {
        const part = ids.slice(at, at + length);
        for (const row of readAll(matchesSql(tenantId, query, part))) {
          const app = appJsonOfValues(row);
          apps.set(app.id, app);
        }
        return part;
      });
      at += some.length;
      if (at < ids.length) yield;
    }
    return ids.map((id) => apps.get(id)).filter((app) => app !== undefined);
  }

  return function* (tenantId, query) {
    const { top, skip = 0, count = false } = query;
    const most = Math.max(maxKept, top + 1);
    const readPart = makeParts();
    let left = skip;
    let stage = query;
    let found = yield* find(readPart, tenantId, stage, Math.min(left + top + 1, most));
    const matching = found.count;
    while (left + top + 1 > most && found.positions.length === most) {
      const passed = Math.min(left, most);
      const cursor = formatCursor(found.positions[passed - 1] ?? []);
      left -= passed;
      stage = { ...query, cursor, count: false };
      yield;
      found = yield* find(readPart, tenantId, stage, Math.min(left + top + 1, most));
    }
    const positions = found.positions.slice(left, left + top + 1);
    const shown = positions.slice(0, top);
    const last = positions.length > top ? shown.at(-1) : undefined;
    const apps = yield* readApps(makeParts(), tenantId, query, shown.map(idOf));
    return {
      apps,
      ...(last !== undefined && { next: formatCursor(last) }),
      ...(count && { count: matching }),
    };
  };
}

interface Found {
  readonly positions: readonly AppPosition[];
  readonly count: number;
}

function positionOfValues(row: SqlRow, length: number): AppPosition {
  return Array.from({ length }, (_, at) =>
    typeof row[at] === "number" ? wholeOf(row, at) : textOf(row, at),
  );
}

/** The id is the last key of every order. */
function idOf(position: AppPosition): string {
  return String(position.at(-1));
}
