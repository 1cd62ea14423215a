import {
  completeOrder,
  formatCursor,
  positionOfJson,
  type AppPage,
  type AppQuery,
} from "@install-summary/core/service";
import type { DatabaseSync } from "node:sqlite";
import { wholeOf } from "../sql/row-values.ts";
import { appJsonOfValues } from "../sql/app-json.ts";
import { createPageQueries, type PageQueries } from "../sql/page-sql.ts";
import { addTextKey, sqliteDialect } from "./dialect.ts";
import { createStatementCache } from "./statement-cache.ts";
import { addWanted } from "./wanted.ts";

/** The queries of pages as SQLite runs them. */
export const { pageSql, countSql }: PageQueries = createPageQueries(sqliteDialect);

/** Reads one page of a tenant's apps from its cursor on, so that a late page costs what the first one does. */
export type ReadPage = (tenantId: string, query: AppQuery) => AppPage;

/** Prepares what reads pages, once for a connection. A scan throws once `isWanted` says no. */
export function preparePages(database: DatabaseSync, isWanted?: () => boolean): ReadPage {
  addTextKey(database);
  addWanted(database, isWanted);
  const prepare = createStatementCache(database);
  return (tenantId, query) => {
    const { top, orderBy, count = false } = query;
    const page = pageSql(tenantId, query);
    const rows = prepare(page.sql).all(...page.values);
    const apps = rows.slice(0, top).map(appJsonOfValues);
    const last = rows.length > top ? apps.at(-1) : undefined;
    return {
      apps,
      ...(last !== undefined && { next: formatCursor(positionOfJson(last, completeOrder(orderBy))) }),
      ...(count && { count: readCount() }),
    };

    function readCount(): number {
      const { sql, values } = countSql(tenantId, query);
      return wholeOf(prepare(sql).get(...values) ?? {}, 0);
    }
  };
}
