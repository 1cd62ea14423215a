import { appProperties, counterProperties, type EdmProperty } from "@install-summary/core/service";
import { selectApp, selectSummary } from "../sql/columns.ts";

// CROSS JOIN keeps SQLite to the order of the tables: by name first, then each app's summary by its key.
const appsWithSummary =
  "mobile_app m CROSS JOIN install_summary s ON s.tenant_id = m.tenant_id AND s.app_id = m.id";

const listedApp = `m.id, m.odata_type AS type, s.version,
  json_object(${appProperties.map(jsonMember("m")).join(", ")}) AS properties,
  json_object('id', s.app_id, ${counterProperties.map(jsonMember("s")).join(", ")}) AS summary`;

/** The texts of the queries. Each goes by an index and sorts nothing. */
export const queries = {
  /** (tenant, app) */
  readSummary: `SELECT ${selectSummary} FROM install_summary s WHERE s.tenant_id = ? AND s.app_id = ?`,
  /** (tenant, app) */
  readApp: `SELECT ${selectApp}, ${selectSummary} FROM ${appsWithSummary} WHERE m.tenant_id = ? AND m.id = ?`,
  /** (tenant, app) */
  readNameKey: `SELECT name_key FROM mobile_app WHERE tenant_id = ? AND id = ?`,
  /** (tenant) */
  findApp: "SELECT 1 FROM mobile_app WHERE tenant_id = ? LIMIT 1",
  /** (tenant) */
  readFeed: "SELECT last FROM change_feed WHERE tenant_id = ?",
  /** (tenant, app) */
  readErased: "SELECT version, change_sequence FROM erased_app WHERE tenant_id = ? AND app_id = ?",
} as const;

/** (tenant, name key, id, for each word that of the name and that of the publisher, limit): apps after a position that
 * have every word. */
export function listQuery(words: number): string {
  return `SELECT ${listedApp} FROM ${appsWithSummary}
    WHERE m.tenant_id = ? AND (m.name_key, m.id) > (?, ?)${hasWords(words)} ORDER BY m.name_key, m.id LIMIT ?`;
}

/** (tenant, each word twice): how many apps have every word. */
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
