import { formatETag } from "@install-summary/core";
import {
  appProperties,
  counterProperties,
  firstPosition,
  formatCursor,
  parseCursor,
  textKey,
  type AppPage,
  type AppQuery,
  type EdmProperty,
  type ListedApp,
  type SearchTerm,
} from "@install-summary/core/service";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { textOf, wholeOf, type SqlRow } from "../sql/columns.ts";

/** Reads one page of a tenant's apps from its cursor on, so that a late page costs what the first one does. */
export type ReadPage = (tenantId: string, query: AppQuery) => AppPage;

/** Prepares what reads pages, once for a connection. */
export function preparePages(database: DatabaseSync): ReadPage {
  const listBy = preparePerLength(database, listQuery);
  const countBy = preparePerLength(database, countQuery);
  const findNameKey = database.prepare(nameKeyQuery);
  return (tenantId, query) => {
    const { top, cursor, count = false } = query;
    const terms = searchTerms(query);
    const words = terms.flatMap(searchedFor);
    const { nameKey, id } = cursor === undefined ? firstPosition : parseCursor(cursor);
    // One more than the page holds tells whether there is another page.
    const rows = listBy(terms.length).all(tenantId, nameKey, id, ...words, top + 1);
    const apps = rows.slice(0, top).map(listedAppOfRow);
    const last = rows.length > top ? apps.at(-1) : undefined;
    const positionOf = (appId: string) => ({
      id: appId,
      nameKey: textOf(findNameKey.get(tenantId, appId) ?? {}, "name_key"),
    });
    return {
      apps,
      ...(last !== undefined && { next: formatCursor(positionOf(last.id)) }),
      ...(count && { count: wholeOf(countBy(terms.length).get(tenantId, ...words) ?? {}, "count") }),
    };
  };
}

/** True for a query that reads a whole tenant: a search or a count. */
export function isScan(query: AppQuery): boolean {
  return query.count === true || searchTerms(query).length > 0;
}

// CROSS JOIN keeps SQLite to the order of the tables: by name first, then each app's summary by its key.
const appsWithSummary =
  "mobile_app m CROSS JOIN install_summary s ON s.tenant_id = m.tenant_id AND s.app_id = m.id";

const listedApp = `m.id, m.odata_type AS type, s.version,
  json_object(${appProperties.map(jsonMember("m")).join(", ")}) AS properties,
  json_object('id', s.app_id, ${counterProperties.map(jsonMember("s")).join(", ")}) AS summary`;

/** (tenant, app): where an app is in the order of names. */
const nameKeyQuery = "SELECT name_key FROM mobile_app WHERE tenant_id = ? AND id = ?";

/**
 * The apps after a position that have every word. Its values: tenant, name key, id, for each word that of the name and
 * that of the publisher, limit.
 */
export function listQuery(words: number): string {
  return `SELECT ${listedApp} FROM ${appsWithSummary}
    WHERE m.tenant_id = ? AND (m.name_key, m.id) > (?, ?)${hasWords(words)} ORDER BY m.name_key, m.id LIMIT ?`;
}

/** How many apps have every word. Its values: tenant, for each word that of the name and that of the publisher. */
export function countQuery(words: number): string {
  return `SELECT count(*) AS count FROM mobile_app m WHERE m.tenant_id = ?${hasWords(words)}`;
}

/** A word is part of the name or the publisher; `%` and `_` are letters like others. */
function hasWords(words: number): string {
  return " AND (instr(m.name_key, ?) > 0 OR instr(m.publisher_key, ?) > 0)".repeat(words);
}

function jsonMember(table: string): (property: EdmProperty) => string {
  return ({ name, type, column }) => {
    const value = `${table}.${column}`;
    return `'${name}', ${type === "Edm.Boolean" ? `json(iif(${value}, 'true', 'false'))` : value}`;
  };
}

/** Statements whose texts differ by the number of words, each prepared when it is first used. */
function preparePerLength(
  database: DatabaseSync,
  query: (words: number) => string,
): (words: number) => StatementSync {
  const prepared = new Map<number, StatementSync>();
  return (words) => {
    const statement = prepared.get(words) ?? database.prepare(query(words));
    prepared.set(words, statement);
    return statement;
  };
}

/** What a query searches for, by text keys. */
function searchTerms({ search = [] }: AppQuery): readonly SearchTerm[] {
  return search.map((term) => ({ ...term, word: textKey(term.word) })).filter(({ word }) => word !== "");
}

/** What a term looks for in the name and in the publisher: null is found nowhere. */
function searchedFor({ word, property }: SearchTerm): readonly (string | null)[] {
  return [property === "publisher" ? null : word, property === "displayName" ? null : word];
}

function listedAppOfRow(row: SqlRow): ListedApp {
  return {
    id: textOf(row, "id"),
    type: textOf(row, "type"),
    etag: formatETag(wholeOf(row, "version")),
    properties: textOf(row, "properties"),
    summary: textOf(row, "summary"),
  };
}
