import {
  completeOrder,
  formatCursor,
  parseCursor,
  type AppOrder,
  type AppQuery,
} from "@install-summary/core/service";
import { findBound, type FilterBound } from "./filter-bounds.ts";
import { filterReadsSummary } from "./filter-sql.ts";
import { selectAppJson } from "./app-json.ts";
import { appsOf, matchSql, scanSql, searchTerms, withSummary } from "./match-sql.ts";
import { afterSql, orderSql } from "./order-sql.ts";
import { orderKeySql } from "./path-sql.ts";
import { concatSql, valueSql, type SqlText } from "./sql-text.ts";

/** The apps of a page, and one more where there is another page. */
export function pageSql(tenantId: string, query: AppQuery): SqlText {
  const isPlain = query.filter === undefined && !isScan(query);
  return isPlain ? plainPage(tenantId, query) : composePage(tenantId, query);
}

const byName = completeOrder();
const firstPlainPage = composePage("", { top: 0 }).sql;
const laterPlainPage = composePage("", { top: 0, cursor: formatCursor(["", ""]) }).sql;

/** The same as `composePage` for all apps by name, whose text is one of two: for the most frequent pages. */
function plainPage(tenantId: string, { top, cursor }: AppQuery): SqlText {
  const position = parseCursor(cursor, byName);
  const values = [tenantId, ...(position ?? []), top + 1, 0];
  return { sql: position === undefined ? firstPlainPage : laterPlainPage, values };
}

function composePage(tenantId: string, query: AppQuery): SqlText {
  const { top, skip = 0, cursor } = query;
  const order = completeOrder(query.orderBy);
  // By the plus SQLite does not see a parameter, for whose values it would prepare the statement anew each time.
  const limit = concatSql(" LIMIT +", valueSql(top + 1), " OFFSET +", valueSql(skip));
  const position = parseCursor(cursor, order);
  const bound = boundOf(query);
  if (isIndexed(query, bound, order)) {
    const keys = order.map(({ path }) => orderKeySql(path));
    const after = position === undefined ? "" : afterSql(order, keys, position);
    const rows = `SELECT ${selectAppJson} FROM ${appsOf(bound)} ${withSummary}`;
    return concatSql(rows, matchSql(tenantId, "m", query, bound), after, orderSql(order, keys), limit);
  }
  // The whole tenant is read in the order of its tables, which is many times faster than by names. What is sorted are keys
  // alone, so that JSON is made of one page and not of every app. A plus keeps SQLite from reading by names all the same.
  const keys = order.map(({ path }) => `+${orderKeySql(path)}`);
  const after = position === undefined ? "" : afterSql(order, keys, position);
  return concatSql(
    `SELECT ${selectAppJson} FROM (SELECT m.tenant_id, m.id FROM `,
    scanSql(tenantId, query, bound, readsSummary(query)),
    after,
    orderSql(order, keys),
    limit,
    `) k CROSS JOIN mobile_app m ON m.tenant_id = k.tenant_id AND m.id = k.id ${withSummary}`,
    orderSql(order, keys),
  );
}

/** How many apps of all pages match. */
export function countSql(tenantId: string, query: AppQuery): SqlText {
  const { filter } = query;
  const reads = filter !== undefined && filterReadsSummary(filter);
  return concatSql("SELECT count(*) AS count FROM ", scanSql(tenantId, query, boundOf(query), reads));
}

function boundOf({ filter }: AppQuery): FilterBound | undefined {
  return filter && findBound(filter);
}

/** Whether an index leads to few apps, or to all of them in the order that is asked for. */
function isIndexed(
  { filter, search }: AppQuery,
  bound: FilterBound | undefined,
  [first]: readonly AppOrder[],
): boolean {
  if (filter !== undefined) return bound?.isNarrow === true;
  return searchTerms(search).length === 0 && first?.path.name === "displayName";
}

/** True for a query that may read a whole tenant: a search, a count, an order, or a filter that no index serves. */
export function isScan({ search, filter, orderBy, skip = 0, count = false }: AppQuery): boolean {
  if (filter !== undefined) return findBound(filter)?.isNarrow !== true;
  return count || skip > 0 || searchTerms(search).length > 0 || !isByName(orderBy);
}

function isByName(orderBy: AppQuery["orderBy"]): boolean {
  const [first, second] = orderBy === undefined ? byName : completeOrder(orderBy);
  return (
    first?.path.name === "displayName" &&
    !first.descending &&
    second?.path.name === "id" &&
    !second.descending
  );
}

function readsSummary({ filter, orderBy = [] }: AppQuery): boolean {
  return (
    orderBy.some(({ path }) => path.kind === "counter") ||
    (filter !== undefined && filterReadsSummary(filter))
  );
}
