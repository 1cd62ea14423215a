import {
  completeOrder,
  formatCursor,
  parseCursor,
  type AppOrder,
  type AppQuery,
} from "@install-summary/core/service";
import { selectAppJson } from "./app-json.ts";
import type { Dialect } from "./dialect.ts";
import { findBound, type FilterBound } from "./filter-bounds.ts";
import { filterReadsSummary } from "./filter-sql.ts";
import { appsOf, matchSql, scanSql, searchTerms, withSummary } from "./match-sql.ts";
import { afterSql, orderSql } from "./order-sql.ts";
import { orderKeySql } from "./path-sql.ts";
import { concatSql, type SqlText } from "./sql-text.ts";

/** The queries of an engine that read pages of apps. */
export interface PageQueries {
  /** The apps of a page, and one more where there is another page. */
  readonly pageSql: (tenantId: string, query: AppQuery) => SqlText;
  /** How many apps of all pages match. */
  readonly countSql: (tenantId: string, query: AppQuery) => SqlText;
}

const byName = completeOrder();

/** Creates what makes these queries for an engine. */
export function createPageQueries(dialect: Dialect): PageQueries {
  const selected = selectAppJson(dialect);
  const joined = withSummary(dialect);

  function composePage(tenantId: string, query: AppQuery): SqlText {
    const { top, skip = 0, cursor } = query;
    const order = completeOrder(query.orderBy);
    const limit = concatSql(" LIMIT ", dialect.rowCount(top + 1), " OFFSET ", dialect.rowCount(skip));
    const position = parseCursor(cursor, order);
    const bound = boundOf(query);
    const isOrdered = isInOrder(dialect, query, order);
    // Some ids or names are found and then sorted: in the order of the index all names would be read.
    const keys = order.map(({ path }) => {
      const key = orderKeySql(dialect, path);
      return isOrdered ? key : dialect.unindexed(key);
    });
    const after = position === undefined ? "" : afterSql(dialect, order, keys, position);
    if (isOrdered || bound?.isNarrow === true) {
      const rows = `SELECT ${selected} FROM ${appsOf(dialect, bound)} ${joined}`;
      const match = matchSql(dialect, tenantId, "m", query, bound);
      return concatSql(rows, match, after, orderSql(order, keys), limit);
    }
    // The whole tenant is read in the order of its tables, which is many times faster than by names. What is sorted are
    // keys alone, so that JSON is made of one page and not of every app.
    return concatSql(
      `SELECT ${selected} FROM (SELECT m.tenant_id, m.id FROM `,
      scanSql(dialect, tenantId, query, bound, readsSummary(query)),
      after,
      orderSql(order, keys),
      limit,
      `) k ${dialect.join} mobile_app m ON m.tenant_id = k.tenant_id AND m.id = k.id ${joined}`,
      orderSql(order, keys),
    );
  }

  const firstPlainPage = composePage("", { top: 0 }).sql;
  const laterPlainPage = composePage("", { top: 0, cursor: formatCursor(["", ""]) }).sql;

  /** The same as `composePage` for all apps by name, whose text is one of two: for the most frequent pages. */
  const plainPage = (tenantId: string, { top, cursor }: AppQuery): SqlText => {
    const position = parseCursor(cursor, byName);
    const values = [tenantId, ...(position ?? []), top + 1, 0];
    return { sql: position === undefined ? firstPlainPage : laterPlainPage, values };
  };

  return {
    pageSql: (tenantId, query) =>
      isPlain(query) ? plainPage(tenantId, query) : composePage(tenantId, query),
    countSql(tenantId, query) {
      const { filter } = query;
      const reads = filter !== undefined && filterReadsSummary(filter);
      return concatSql(
        "SELECT count(*) AS count FROM ",
        scanSql(dialect, tenantId, query, boundOf(query), reads),
      );
    },
  };
}

/** The bound of a query's filter. */
export function boundOf({ filter }: AppQuery): FilterBound | undefined {
  return filter && findBound(filter);
}

/** Whether all apps are wanted in the order of an index: that of the ids, or where the engine can do it that of names. */
function isInOrder({ readsInOrder }: Dialect, query: AppQuery, [first]: readonly AppOrder[]): boolean {
  const name = first?.path.name;
  return isAll(query) && (name === "id" || (readsInOrder && name === "displayName"));
}

function isAll({ filter, search }: AppQuery): boolean {
  return filter === undefined && searchTerms(search).length === 0;
}

/** True for a query of all apps by name. */
export function isAllByName(query: AppQuery): boolean {
  return isAll(query) && isByName(query.orderBy);
}

function isPlain(query: AppQuery): boolean {
  return (query.skip ?? 0) === 0 && isAllByName(query);
}

/** True for a page of all apps by their ids, which the primary key gives. */
function isPageById(query: AppQuery): boolean {
  return (query.skip ?? 0) === 0 && isAllById(query);
}

function isAllById(query: AppQuery): boolean {
  return isAll(query) && query.orderBy?.[0]?.path.name === "id";
}

/** True for a query of all apps that an index gives in its order, so that no app is asked for anything. */
export function isByIndex(query: AppQuery): boolean {
  return isAllByName(query) || isAllById(query);
}

/**
 * True for a query that may read a whole tenant: a search, a count, an order, or a filter that demands no ids. All apps may
 * have one name.
 */
export function isScan(query: AppQuery): boolean {
  if (query.filter !== undefined) {
    const bound = findBound(query.filter);
    return bound?.isNarrow !== true || bound.by !== "id";
  }
  return query.count === true || !(isPlain(query) || isPageById(query));
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

/** Whether a page reads counters, by its filter or its order. */
export function readsSummary({ filter, orderBy = [] }: AppQuery): boolean {
  return (
    orderBy.some(({ path }) => path.kind === "counter") ||
    (filter !== undefined && filterReadsSummary(filter))
  );
}
