import {
  appProperties,
  completeOrder,
  counterProperties,
  parseCursor,
  type AppOrder,
  type AppPosition,
  type AppQuery,
  type EdmProperty,
} from "@install-summary/core/service";
import { findBound } from "./filter-bounds.ts";
import { filterReadsSummary, orderKeySql } from "./filter-sql.ts";
import { appsOf, matchSql, scanSql, searchTerms, withSummary } from "./match-sql.ts";
import { concatSql, joinSql, valueSql, type SqlText } from "./sql-text.ts";

const listedApp = `m.id, m.odata_type AS type, s.version,
  json_object(${appProperties.map(jsonMember("m")).join(", ")}) AS properties,
  json_object('id', s.app_id, ${counterProperties.map(jsonMember("s")).join(", ")}) AS summary`;

/** The apps of a page, and one more where there is another page. */
export function pageSql(tenantId: string, query: AppQuery): SqlText {
  const { top, skip = 0, cursor } = query;
  const order = completeOrder(query.orderBy);
  const limit = concatSql(" LIMIT ", valueSql(top + 1), " OFFSET ", valueSql(skip));
  const position = parseCursor(cursor, order);
  if (isIndexed(query, order)) {
    const keys = order.map(({ path }) => orderKeySql(path));
    const after = position === undefined ? "" : afterSql(order, keys, position);
    const rows = `SELECT ${listedApp} FROM ${appsOf(query)} ${withSummary}`;
    return concatSql(rows, matchSql(tenantId, "m", query), after, orderSql(order, keys), limit);
  }
  // The whole tenant is read in the order of its tables, which is many times faster than by names. What is sorted are keys
  // alone, so that JSON is made of one page and not of every app. A plus keeps SQLite from reading by names all the same.
  const keys = order.map(({ path }) => `+${orderKeySql(path)}`);
  const after = position === undefined ? "" : afterSql(order, keys, position);
  return concatSql(
    `SELECT ${listedApp} FROM (SELECT m.tenant_id, m.id FROM `,
    scanSql(tenantId, query, readsSummary(query)),
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
  return concatSql("SELECT count(*) AS count FROM ", scanSql(tenantId, query, reads));
}

/** Whether an index leads to few apps, or to all of them in the order that is asked for. */
function isIndexed({ filter, search }: AppQuery, [first]: readonly AppOrder[]): boolean {
  if (filter !== undefined) return findBound(filter)?.isNarrow === true;
  return searchTerms(search).length === 0 && first?.path.name === "displayName";
}

function orderSql(order: readonly AppOrder[], keys: readonly string[]): string {
  const terms = order.map(({ descending }, at) => `${keys[at] ?? ""}${descending ? " DESC" : ""}`);
  return ` ORDER BY ${terms.join(", ")}`;
}

/** True for a query that may read a whole tenant: a search, a count, an order, or a filter that no index serves. */
export function isScan({ search, filter, orderBy, skip = 0, count = false }: AppQuery): boolean {
  const isNarrow = filter !== undefined && findBound(filter)?.isNarrow === true;
  if (isNarrow) return false;
  return (
    count ||
    skip > 0 ||
    filter !== undefined ||
    searchTerms(search).length > 0 ||
    !isByName(completeOrder(orderBy))
  );
}

function isByName(order: readonly AppOrder[]): boolean {
  const [first, second] = order;
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

/** The apps behind a position. Where all keys ascend, rows compare as a whole, which an index by these keys serves. */
function afterSql(order: readonly AppOrder[], keys: readonly string[], position: AppPosition): SqlText {
  const values = order.map((_, at) => valueSql(position[at] ?? null));
  if (order.every(({ descending }) => !descending)) {
    return concatSql(` AND (${keys.join(", ")}) > (`, joinSql(values, ", "), ")");
  }
  const isAfter = order.reduceRight<SqlText>((rest, { descending }, at) => {
    const [key, value] = [keys[at] ?? "", values[at] ?? valueSql(null)];
    const isEqual = concatSql(`${key} = `, value, " AND ");
    return concatSql(`(${key} ${descending ? "<" : ">"} `, value, " OR (", isEqual, rest, "))");
  }, concatSql("0"));
  return concatSql(" AND ", isAfter);
}

function jsonMember(table: string): (property: EdmProperty) => string {
  return ({ name, type, column }) => {
    const value = `${table}.${column}`;
    return `'${name}', ${type === "Edm.Boolean" ? `json(iif(${value}, 'true', 'false'))` : value}`;
  };
}
