import { completeOrder, parseCursor, type AppQuery } from "@install-summary/core/service";
import { selectAppJson } from "../sql/app-json.ts";
import { withSummary } from "../sql/match-sql.ts";
import { createPageQueries, isAllByName, type PageQueries } from "../sql/page-sql.ts";
import type { SqlText } from "../sql/sql-text.ts";
import { isShortName, numberValues, postgresDialect } from "./dialect.ts";
import { withoutNul } from "./without-nul.ts";

const queries = createPageQueries(postgresDialect);

/** The queries of pages as PostgreSQL runs them. */
export const pageQueries: PageQueries = {
  pageSql: (tenantId, query) =>
    isAllByName(query)
      ? pageByName(tenantId, query)
      : numberValues(queries.pageSql(tenantId, withoutNul(query))),
  countSql: (tenantId, query) => numberValues(queries.countSql(tenantId, withoutNul(query))),
};

const byName = completeOrder();

/** A page of all apps by name. Short names and long ones have an index each, and both are read in order. */
function pageByName(tenantId: string, { top, skip = 0, cursor }: AppQuery): SqlText {
  const position = parseCursor(withoutNul({ top, cursor }).cursor, byName);
  const values = [tenantId, top + 1, skip];
  if (position === undefined) return { sql: firstPage, values };
  return { sql: laterPage, values: [...values, ...position] };
}

/** (tenant, limit, offset) */
const firstPage = pageFrom("");
/** (tenant, limit, offset, name key, id) */
const laterPage = pageFrom(` AND (name_key, id) > ($4::text COLLATE "C", $5::text COLLATE "C")`);

function pageFrom(after: string): string {
  const select = (isOfIndex: string): string =>
    `(SELECT * FROM mobile_app WHERE tenant_id = $1 AND ${isOfIndex}${after}
      ORDER BY name_key, id LIMIT $2::bigint + $3::bigint)`;
  return `SELECT ${selectAppJson(postgresDialect)} FROM (
      ${select(isShortName("name_key"))} UNION ALL ${select(`NOT ${isShortName("name_key")}`)}
      ORDER BY name_key, id LIMIT $2::bigint OFFSET $3::bigint
    ) m ${withSummary(postgresDialect)} ORDER BY m.name_key, m.id`;
}
