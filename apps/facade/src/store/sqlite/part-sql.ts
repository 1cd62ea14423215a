import { completeOrder, parseCursor, type AppPosition, type AppQuery } from "@install-summary/core/service";
import { selectAppJson } from "../sql/app-json.ts";
import { filterReadsSummary } from "../sql/filter-sql.ts";
import { matchSql, scanSql, withSummary, type IdRange } from "../sql/match-sql.ts";
import { afterSql, orderSql } from "../sql/order-sql.ts";
import { readsSummary } from "../sql/page-sql.ts";
import { orderKeySql } from "../sql/path-sql.ts";
import { concatSql, type SqlText } from "../sql/sql-text.ts";
import { sqliteDialect as dialect } from "./dialect.ts";

/** (tenant, after, number): the last of the next ids, and how many there are */
export const nextIds =
  "SELECT max(id), count(*) FROM (SELECT id FROM mobile_app WHERE tenant_id = ? AND id > ? ORDER BY id LIMIT +?)";

/** Which positions of a range are looked for. */
export interface WantedPositions {
  readonly limit: number;
  /** The last of those that have been found, where they are enough: only apps before it are wanted. */
  readonly before: AppPosition | undefined;
}

/** The positions of the first apps of a range that match, after the query's cursor and in its order. */
export function positionsSql(
  tenantId: string,
  query: AppQuery,
  range: IdRange,
  { limit, before }: WantedPositions,
): SqlText {
  const order = completeOrder(query.orderBy);
  const after = parseCursor(query.cursor, order);
  const keys = order.map(({ path }) => dialect.unindexed(orderKeySql(dialect, path)));
  const backwards = order.map(({ path, descending }) => ({ path, descending: !descending }));
  return concatSql(
    `SELECT ${keys.join(", ")} FROM `,
    scanSql(dialect, tenantId, query, undefined, readsSummary(query), range),
    after === undefined ? "" : afterSql(dialect, order, keys, after),
    before === undefined ? "" : afterSql(dialect, backwards, keys, before),
    orderSql(order, keys),
    " LIMIT ",
    dialect.rowCount(limit),
  );
}

/** How many apps of a range match. */
export function rangeCountSql(tenantId: string, query: AppQuery, range: IdRange): SqlText {
  const reads = query.filter !== undefined && filterReadsSummary(query.filter);
  return concatSql("SELECT count(*) FROM ", scanSql(dialect, tenantId, query, undefined, reads, range));
}

/** The apps of some ids that match, each at the moment of this statement. */
export function matchesSql(tenantId: string, query: AppQuery, ids: readonly string[]): SqlText {
  return concatSql(
    `SELECT ${selectAppJson(dialect)} FROM mobile_app m ${withSummary(dialect)}`,
    matchSql(dialect, tenantId, "m", query, undefined),
    " AND m.id IN (SELECT value FROM json_each(",
    dialect.value(JSON.stringify(ids)),
    "))",
  );
}
