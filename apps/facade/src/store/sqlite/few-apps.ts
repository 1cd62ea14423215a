import type { AppFilter, AppPage, AppQuery } from "@install-summary/core/service";
import type { DatabaseSync } from "node:sqlite";
import { boundSql } from "../sql/filter-bounds.ts";
import { appsOf, searchTerms } from "../sql/match-sql.ts";
import { boundOf } from "../sql/page-sql.ts";
import { wholeOf } from "../sql/row-values.ts";
import { concatSql } from "../sql/sql-text.ts";
import { sqliteDialect as dialect } from "./dialect.ts";
import type { ReadPage } from "./list-apps.ts";
import { createStatementCache } from "./statement-cache.ts";

/** Reads a page where an index narrows its filter to few apps, as most names do; undefined where it is long work. */
export type ReadFew = (tenantId: string, query: AppQuery) => AppPage | undefined;

/** How many conditions may be asked, of all the apps that an index finds, in the thread of the server. */
const maxConditions = 200;

/** Prepares what reads the pages of few apps. */
export function prepareFew(database: DatabaseSync, readPage: ReadPage): ReadFew {
  const prepare = createStatementCache(database);
  return (tenantId, query) => {
    const bound = boundOf(query);
    if (bound === undefined) return undefined;
    const maxApps = Math.floor(maxConditions / countConditions(query));
    // By the index alone, and no further than needed: all apps may have one name.
    const { sql, values } = concatSql(
      `SELECT count(*) FROM (SELECT 1 FROM ${appsOf(dialect, bound)} WHERE m.tenant_id = `,
      dialect.value(tenantId),
      " AND ",
      boundSql(dialect, bound),
      " LIMIT ",
      dialect.rowCount(maxApps + 1),
      ")",
    );
    const found = wholeOf(prepare(sql).get(...values) ?? {}, 0);
    return found > maxApps ? undefined : readPage(tenantId, query);
  };
}

/** How many conditions each app is asked for, by the filter, the search and the order; one at least. */
function countConditions({ filter, search, orderBy = [] }: AppQuery): number {
  const conditions = filter === undefined ? 0 : countOf(filter);
  return Math.max(1, conditions + searchTerms(search).length + orderBy.length);
}

function countOf(filter: AppFilter): number {
  if (filter.kind === "and" || filter.kind === "or") {
    return filter.operands.reduce((count, operand) => count + countOf(operand), 0);
  }
  return filter.kind === "not" ? countOf(filter.operand) : 1;
}
