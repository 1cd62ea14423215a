import {
  completeOrder,
  formatCursor,
  positionOfJson,
  type AppPage,
  type AppQuery,
} from "@install-summary/core/service";
import { appJsonOfRow } from "../sql/app-json.ts";
import { wholeOf } from "../sql/row-values.ts";
import type { SqlText } from "../sql/sql-text.ts";
import { pageQueries } from "./page-queries.ts";
import type { Connection, StatementResult } from "./statement.ts";

/** Reads one page of a tenant's apps from its cursor on, so that a late page costs what the first one does. */
export async function readPage(connection: Connection, tenantId: string, query: AppQuery): Promise<AppPage> {
  const { top, orderBy, count = false } = query;
  const { rows } = await run(connection, pageQueries.pageSql(tenantId, query));
  const apps = rows.slice(0, top).map(appJsonOfRow);
  const last = rows.length > top ? apps.at(-1) : undefined;
  const counted = count ? await run(connection, pageQueries.countSql(tenantId, query)) : undefined;
  return {
    apps,
    ...(last !== undefined && { next: formatCursor(positionOfJson(last, completeOrder(orderBy))) }),
    ...(counted !== undefined && { count: wholeOf(counted.rows[0] ?? {}, "count") }),
  };
}

/** Their texts are as different as what callers ask for, so that no connection keeps them. */
function run(connection: Connection, { sql, values }: SqlText): Promise<StatementResult> {
  return connection.run({ name: "", text: sql }, values);
}
