import { textKey, type AppQuery, type SearchTerm } from "@install-summary/core/service";
import type { Dialect } from "./dialect.ts";
import { boundSql, type FilterBound } from "./filter-bounds.ts";
import { filterSql } from "./filter-sql.ts";
import { concatSql, type SqlText } from "./sql-text.ts";

/** Joins each app's summary. */
export function withSummary({ join }: Dialect): string {
  return `${join} install_summary s ON s.tenant_id = m.tenant_id AND s.app_id = m.id`;
}

function withApp({ join }: Dialect): string {
  return `${join} mobile_app m ON m.tenant_id = s.tenant_id AND m.id = s.app_id`;
}

/** The ids of the apps that are read: those after the one, up to the other. */
export interface IdRange {
  readonly after: string;
  readonly upTo: string;
}

/**
 * The tables of a query that reads all of a tenant, or what a bound or a range leaves of it, and what their rows must match.
 */
export function scanSql(
  dialect: Dialect,
  tenantId: string,
  query: AppQuery,
  bound: FilterBound | undefined,
  reads: boolean,
  range?: IdRange,
): SqlText {
  // A row more costs a twentieth of a microsecond, and what has no condition is done soon.
  const hasCondition = query.filter !== undefined || searchTerms(query.search).length > 0;
  const isLong = hasCondition && bound?.isNarrow !== true;
  const match = (table: "m" | "s"): SqlText =>
    matchSql(
      dialect,
      tenantId,
      table,
      query,
      bound,
      concatSql(
        ...(range === undefined ? [] : [rangeSql(dialect, table === "m" ? "m.id" : "s.app_id", range)]),
        isLong && dialect.wanted !== "" ? ` AND ${dialect.wanted}` : "",
      ),
    );
  if (!reads) return concatSql(appsOf(dialect, bound), match("m"));
  return bound === undefined
    ? concatSql(`install_summary s ${withApp(dialect)}`, match("s"))
    : concatSql(`${appsOf(dialect, bound)} ${withSummary(dialect)}`, match("m"));
}

/** The table of apps, as a bound wants it read. */
export function appsOf({ appsByName }: Dialect, bound: FilterBound | undefined): string {
  return bound?.by === "name" ? appsByName : "mobile_app m";
}

/** What an app must match; `first` is asked before all but the tenant. */
export function matchSql(
  dialect: Dialect,
  tenantId: string,
  table: "m" | "s",
  { search, filter }: AppQuery,
  bound: FilterBound | undefined,
  first: string | SqlText = "",
): SqlText {
  return concatSql(
    ` WHERE ${table}.tenant_id = `,
    dialect.value(tenantId),
    first,
    ...searchTerms(search).flatMap((term) => [" AND ", termSql(dialect, term)]),
    ...(bound === undefined ? [] : [" AND ", boundSql(dialect, bound)]),
    ...(filter === undefined ? [] : [" AND (", filterSql(dialect, filter), ")"]),
  );
}

function rangeSql(dialect: Dialect, column: string, { after, upTo }: IdRange): SqlText {
  return concatSql(` AND ${column} > `, dialect.value(after), ` AND ${column} <= `, dialect.value(upTo));
}

/** What a query searches for, by text keys. */
export function searchTerms(search: AppQuery["search"] = []): readonly SearchTerm[] {
  return search.map((term) => ({ ...term, word: textKey(term.word) })).filter(({ word }) => word !== "");
}

/** A word is part of the name or the publisher; `%` and `_` are letters like others. Null is found nowhere. */
function termSql(dialect: Dialect, { word, property }: SearchTerm): SqlText {
  const isIn = (column: string, value: string | null): SqlText =>
    concatSql(dialect.positionOf(dialect.value(value), concatSql(column)), " > 0");
  const inName = isIn("m.name_key", property === "publisher" ? null : word);
  const inPublisher = isIn("m.publisher_key", property === "displayName" ? null : word);
  return concatSql("(", inName, " OR ", inPublisher, ")");
}
