import { formatCursor, type AppPage, type AppPosition, type AppQuery } from "@install-summary/core/service";
import type { DatabaseSync } from "node:sqlite";
import { findPositions } from "./find-positions.ts";
import { createParts, type ReadPart, type Steps } from "./parts.ts";
import { readFound, type ReadRows } from "./read-found.ts";
import { createStatementCache } from "./statement-cache.ts";

/**
 * Reads one page of a tenant's apps in parts of the tenant, by ids. Each part is read by a statement of its own, so that no
 * snapshot stays open between them: an app is read whole, and one that is changed meanwhile as it was before or after.
 */
export type ScanPage = (tenantId: string, query: AppQuery) => Steps<AppPage>;

/** How a scan is divided. */
export interface ScanOptions {
  readonly makeParts?: () => ReadPart;
  /** How many bytes the positions of all scans that are under way may take. They share them alike. */
  readonly maxBytes?: number;
}

/** Prepares what reads pages in parts, once for a connection that has the functions of pages. */
export function prepareScans(
  database: DatabaseSync,
  { makeParts = createParts, maxBytes = 48 * 1024 * 1024 }: ScanOptions = {},
): ScanPage {
  const prepare = createStatementCache(database);
  const readRows: ReadRows = ({ sql, values }) => prepare(sql).all(...values);
  let underWay = 0;

  function* scan(tenantId: string, query: AppQuery): Steps<AppPage> {
    const { top, skip = 0, count = false } = query;
    const end = skip + top;
    const from = { readRows, readPart: makeParts(), tenantId, maxBytes: () => maxBytes / underWay };
    const first = yield* findPositions({ ...from, limit: end + 1 }, query);
    // An app that is changed meanwhile may be found in two stages. It comes once.
    const ids = new Set<string>();
    let last: AppPosition | undefined;
    let passed = 0;
    // What does not fit in the bytes is passed in stages, each of which begins behind the one before.
    for (let stage = first; ;) {
      const shown = stage.positions.slice(Math.max(0, skip - passed), Math.max(0, end - passed));
      for (const position of shown) ids.add(idOf(position));
      last = shown.at(-1) ?? last;
      passed += stage.positions.length;
      if (passed > end || !stage.hasMore) break;
      const cursor = formatCursor(stage.positions.at(-1) ?? []);
      yield;
      stage = yield* findPositions({ ...from, limit: end + 1 - passed }, { ...query, cursor, count: false });
    }
    const apps = yield* readFound({ ...from, readPart: makeParts() }, query, [...ids]);
    return {
      apps,
      ...(last !== undefined && passed > end && { next: formatCursor(last) }),
      ...(count && { count: first.count }),
    };
  }

  return function* (tenantId, query) {
    underWay += 1;
    try {
      return yield* scan(tenantId, query);
    } finally {
      underWay -= 1;
    }
  };
}

/** The id is the last key of every order. */
function idOf(position: AppPosition): string {
  return String(position.at(-1));
}
