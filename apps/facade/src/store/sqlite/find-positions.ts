import {
  comparePositions,
  completeOrder,
  type AppPosition,
  type AppQuery,
} from "@install-summary/core/service";
import { textOf, wholeOf, type SqlRow } from "../sql/row-values.ts";
import { createKeptPositions } from "./kept-positions.ts";
import type { ReadPart, Steps } from "./parts.ts";
import { nextIds, positionsSql, rangeCountSql } from "./part-sql.ts";
import type { ReadRows } from "./read-found.ts";

/** The first positions after a query's cursor, in its order; and how many apps match, where it asks for that. */
export interface Found {
  readonly positions: readonly AppPosition[];
  readonly count: number;
  /** Whether there may be more behind them. */
  readonly hasMore: boolean;
}

/** Where and how positions are looked for. */
export interface Finding {
  readonly readRows: ReadRows;
  readonly readPart: ReadPart;
  readonly tenantId: string;
  /** How many are wanted at most, one at least. */
  readonly limit: number;
  /** How many bytes they may take now. Where they would take more, fewer are found. */
  readonly maxBytes: () => number;
}

/** Finds positions in parts of the tenant, by ids. */
export function* findPositions(
  { readRows, readPart, tenantId, limit, maxBytes }: Finding,
  query: AppQuery,
): Steps<Found> {
  const order = completeOrder(query.orderBy);
  const kept = createKeptPositions({
    compare: (one, other) => comparePositions(one, other, order),
    limit,
    maxBytes,
  });
  let count = 0;
  let after = "";
  for (;;) {
    const isLast = readPart((length) => {
      const [next = {}] = readRows({ sql: nextIds, values: [tenantId, after, length] });
      const found = wholeOf(next, 1);
      if (found === 0) return true;
      const range = { after, upTo: textOf(next, 0) };
      const rows = readRows(positionsSql(tenantId, query, range, kept.wanted()));
      kept.add(rows.map((row) => positionOfValues(row, order.length)));
      if (query.count === true) count += wholeOf(readRows(rangeCountSql(tenantId, query, range))[0] ?? {}, 0);
      after = range.upTo;
      return found < length;
    });
    if (isLast) break;
    yield;
    if (kept.isFull()) yield* kept.settle();
  }
  const positions = yield* kept.settle();
  return { positions, count, hasMore: positions.length === kept.wanted().limit };
}

function positionOfValues(row: SqlRow, length: number): AppPosition {
  return Array.from({ length }, (_, at) =>
    typeof row[at] === "number" ? wholeOf(row, at) : textOf(row, at),
  );
}
