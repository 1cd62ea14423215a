import { wanted } from "./wanted.ts";

/** The texts of the queries. Each goes by the key of the log and sorts nothing. */
export const changeQueries = {
  /** (tenant, sequence before the first, last sequence, actor, origin, since, until, limit); null filters nothing */
  asc: scanQuery("ASC"),
  desc: scanQuery("DESC"),
  /** (tenant, sequence before the first, last sequence): the first sequence that there is, and the last one */
  first: endQuery("ASC"),
  last: endQuery("DESC"),
  /** (tenant, app): where the history of an app begins when it is followed back */
  latest:
    "SELECT change_sequence AS previous_sequence FROM install_summary WHERE tenant_id = ? AND app_id = ?",
  /** (tenant, sequence, the one after it): whether it is in the hole before the changes of a restore */
  next: `SELECT origin = 'restore' AND sequence > ?3 AS isReplaced FROM install_summary_change
    WHERE tenant_id = ?1 AND sequence >= ?2 ORDER BY sequence LIMIT 1`,
  /** (tenant, sequence) */
  one: `${selectChange()} WHERE c.tenant_id = ? AND c.sequence = ?`,
} as const;

/** By the plus before the limit SQLite does not see a parameter, for whose values it would prepare the statement anew. */
function scanQuery(direction: "ASC" | "DESC"): string {
  return `${selectChange()}
    WHERE c.tenant_id = ?1 AND c.sequence > ?2 AND c.sequence <= ?3
      AND ${wanted} AND (?4 IS NULL OR c.actor = ?4) AND (?5 IS NULL OR c.origin = ?5)
      AND (?6 IS NULL OR c.changed_at >= ?6) AND (?7 IS NULL OR c.changed_at < ?7)
    ORDER BY c.sequence ${direction} LIMIT +?8`;
}

function endQuery(direction: "ASC" | "DESC"): string {
  return `SELECT sequence FROM install_summary_change
    WHERE tenant_id = ? AND sequence > ? AND sequence <= ? ORDER BY sequence ${direction} LIMIT 1`;
}

function selectChange(): string {
  return `SELECT c.sequence, c.previous_sequence, c.app_id, c.version, c.changed_at, c.actor, c.origin, c.request_id,
      c.client_request_id, c.before, c.after, m.display_name
    FROM install_summary_change c LEFT JOIN mobile_app m ON m.tenant_id = c.tenant_id AND m.id = c.app_id`;
}
