import {
  appProperties,
  completeOrder,
  counterProperties,
  parseCursor,
  textKey,
  type AppOrder,
  type AppPosition,
  type AppQuery,
  type EdmProperty,
  type SearchTerm,
} from "@install-summary/core/service";
import { findBound } from "./filter-bounds.ts";
import { filterReadsSummary, filterSql, orderKeySql } from "./filter-sql.ts";
import { concatSql, joinSql, valueSql, type SqlText } from "./sql-text.ts";

// CROSS JOIN keeps SQLite to the order of the tables: by name first, then each app's summary by its key.
const withSummary = "CROSS JOIN install_summary s ON s.tenant_id = m.tenant_id AND s.app_id = m.id";

const listedApp = `m.id, m.odata_type AS type, s.version,
  json_object(${appProperties.map(jsonMember("m")).join(", ")}) AS properties,
  json_object('id', s.app_id, ${counterProperties.map(jsonMember("s")).join(", ")}) AS summary`;

/** The apps of a page, and one more where there is another page. */
export function pageSql(tenantId: string, query: AppQuery): SqlText {
  const { top, skip = 0, cursor } = query;
  const order = completeOrder(query.orderBy);
  const position = parseCursor(cursor, order);
  const after = position === undefined ? [] : [" AND ", afterSql(order, position)];
  const matches = concatSql("WHERE m.tenant_id = ", valueSql(tenantId), matchSql(query), ...after);
  const limit = concatSql(" LIMIT ", valueSql(top + 1), " OFFSET ", valueSql(skip));
  const by = order
    .map(({ path, descending }) => `${orderKeySql(path)}${descending ? " DESC" : ""}`)
    .join(", ");
  const apps = appsOf(query);
  if (isByName(order)) {
    return concatSql(`SELECT ${listedApp} FROM ${apps} ${withSummary} `, matches, ` ORDER BY ${by}`, limit);
  }
  // What is sorted are keys alone, so that JSON is made of one page and not of every app.
  const tables = readsSummary(query) ? `${apps} ${withSummary}` : apps;
  return concatSql(
    `SELECT ${listedApp} FROM (SELECT m.tenant_id, m.id FROM ${tables} `,
    matches,
    ` ORDER BY ${by}`,
    limit,
    `) k CROSS JOIN mobile_app m ON m.tenant_id = k.tenant_id AND m.id = k.id ${withSummary} ORDER BY ${by}`,
  );
}

/** How many apps of all pages match. */
export function countSql(tenantId: string, query: AppQuery): SqlText {
  const { filter } = query;
  const join = filter !== undefined && filterReadsSummary(filter) ? withSummary : "";
  const matches = concatSql("WHERE m.tenant_id = ", valueSql(tenantId), matchSql(query));
  return concatSql(`SELECT count(*) AS count FROM ${appsOf(query)} ${join} `, matches);
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

/** The table of apps. A bound by names goes by their index, where SQLite without statistics would read every app. */
function appsOf({ filter }: AppQuery): string {
  const hasNames = filter !== undefined && findBound(filter)?.by === "name";
  return hasNames ? "mobile_app m INDEXED BY mobile_app_by_name" : "mobile_app m";
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

/** What an app must match. */
function matchSql({ search, filter }: AppQuery): SqlText {
  const bound = filter && findBound(filter)?.condition;
  return concatSql(
    ...searchTerms(search).flatMap((term) => [" AND ", termSql(term)]),
    ...(bound === undefined ? [] : [" AND ", bound]),
    ...(filter === undefined ? [] : [" AND (", filterSql(filter), ")"]),
  );
}

/** A word is part of the name or the publisher; `%` and `_` are letters like others. Null is found nowhere. */
function termSql({ word, property }: SearchTerm): SqlText {
  const inName = valueSql(property === "publisher" ? null : word);
  const inPublisher = valueSql(property === "displayName" ? null : word);
  return concatSql("(instr(m.name_key, ", inName, ") > 0 OR instr(m.publisher_key, ", inPublisher, ") > 0)");
}

/** What a query searches for, by text keys. */
function searchTerms(search: AppQuery["search"] = []): readonly SearchTerm[] {
  return search.map((term) => ({ ...term, word: textKey(term.word) })).filter(({ word }) => word !== "");
}

/** The apps behind a position. Where all keys ascend, rows compare as a whole, which an index by these keys serves. */
function afterSql(order: readonly AppOrder[], position: AppPosition): SqlText {
  const keys = order.map(({ path, descending }, at) => ({
    key: orderKeySql(path),
    operator: descending ? "<" : ">",
    value: valueSql(position[at] ?? null),
  }));
  if (order.every(({ descending }) => !descending)) {
    const values = joinSql(
      keys.map(({ value }) => value),
      ", ",
    );
    return concatSql(`(${keys.map(({ key }) => key).join(", ")}) > (`, values, ")");
  }
  return keys.reduceRight<SqlText>((rest, { key, operator, value }) => {
    const equal = concatSql(`${key} = `, value, " AND ");
    return concatSql(`(${key} ${operator} `, value, " OR (", equal, rest, "))");
  }, concatSql("0"));
}

function jsonMember(table: string): (property: EdmProperty) => string {
  return ({ name, type, column }) => {
    const value = `${table}.${column}`;
    return `'${name}', ${type === "Edm.Boolean" ? `json(iif(${value}, 'true', 'false'))` : value}`;
  };
}
