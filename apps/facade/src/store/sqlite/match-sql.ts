import { textKey, type AppQuery, type SearchTerm } from "@install-summary/core/service";
import type { FilterBound } from "./filter-bounds.ts";
import { filterSql } from "./filter-sql.ts";
import { concatSql, valueSql, type SqlText } from "./sql-text.ts";
import { wanted } from "./wanted.ts";

/** Joins each app's summary. CROSS JOIN keeps SQLite to the order of the tables. */
export const withSummary = "CROSS JOIN install_summary s ON s.tenant_id = m.tenant_id AND s.app_id = m.id";
const withApp = "CROSS JOIN mobile_app m ON m.tenant_id = s.tenant_id AND m.id = s.app_id";

/** The tables of a query that reads all of a tenant, or what a bound leaves of it, and what their rows must match. */
export function scanSql(
  tenantId: string,
  query: AppQuery,
  bound: FilterBound | undefined,
  reads: boolean,
): SqlText {
  // A row more costs a twentieth of a microsecond, and what has no condition is done soon.
  const hasCondition = query.filter !== undefined || searchTerms(query.search).length > 0;
  const isLong = hasCondition && bound?.isNarrow !== true;
  const match = (table: "m" | "s"): SqlText =>
    matchSql(tenantId, table, query, bound, isLong ? ` AND ${wanted}` : "");
  if (!reads) return concatSql(appsOf(bound), match("m"));
  return bound === undefined
    ? concatSql(`install_summary s ${withApp}`, match("s"))
    : concatSql(`${appsOf(bound)} ${withSummary}`, match("m"));
}

/** The table of apps. A bound by names goes by their index, where SQLite without statistics would read every app. */
export function appsOf(bound: FilterBound | undefined): string {
  return bound?.by === "name" ? "mobile_app m INDEXED BY mobile_app_by_name" : "mobile_app m";
}

/** What an app must match; `first` is asked before all but the tenant. */
export function matchSql(
  tenantId: string,
  table: "m" | "s",
  { search, filter }: AppQuery,
  bound: FilterBound | undefined,
  first = "",
): SqlText {
  return concatSql(
    ` WHERE ${table}.tenant_id = `,
    valueSql(tenantId),
    first,
    ...searchTerms(search).flatMap((term) => [" AND ", termSql(term)]),
    ...(bound === undefined ? [] : [" AND ", bound.condition]),
    ...(filter === undefined ? [] : [" AND (", filterSql(filter), ")"]),
  );
}

/** What a query searches for, by text keys. */
export function searchTerms(search: AppQuery["search"] = []): readonly SearchTerm[] {
  return search.map((term) => ({ ...term, word: textKey(term.word) })).filter(({ word }) => word !== "");
}

/** A word is part of the name or the publisher; `%` and `_` are letters like others. Null is found nowhere. */
function termSql({ word, property }: SearchTerm): SqlText {
  const inName = valueSql(property === "publisher" ? null : word);
  const inPublisher = valueSql(property === "displayName" ? null : word);
  return concatSql("(instr(m.name_key, ", inName, ") > 0 OR instr(m.publisher_key, ", inPublisher, ") > 0)");
}
