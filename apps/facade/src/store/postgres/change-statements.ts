import { anyTenant } from "../sql/feed.ts";
import type { Statement } from "./statement.ts";

/**
 * How far the log of a tenant has come, by (tenant, digest of the tenant). Each of these statements sees the log and what was
 * removed from it at one moment.
 */
const feed = `feed AS (
    SELECT last, removed FROM change_feed WHERE tenant_id = $1
    UNION ALL (
      SELECT last, last FROM erased_tenant
      WHERE digest IN ($2, '${anyTenant}') AND NOT EXISTS (SELECT 1 FROM change_feed WHERE tenant_id = $1)
      ORDER BY digest DESC LIMIT 1
    )
  )`;

/** Whether the sequence before the first is in the hole before the changes of a restore. */
const isReplaced = `(SELECT n.origin = 'restore' AND n.sequence > $3::bigint + 1 FROM install_summary_change n
    WHERE n.tenant_id = $1 AND n.sequence >= $3::bigint ORDER BY n.sequence LIMIT 1) AS is_replaced`;

const columns = `c.sequence, c.previous_sequence, c.app_id, c.version, c.changed_at, c.actor, c.origin, c.request_id,
  c.client_request_id, c.before, c.after`;

/** The condition of a query on a change, with its first parameter's number; null filters nothing. */
function matchSql(first: number): string {
  const [actor, origin, since, until] = [0, 1, 2, 3].map((at) => `$${first + at}::text`);
  return `(${actor} IS NULL OR c.actor = ${actor}) AND (${origin} IS NULL OR c.origin = ${origin})
    AND (${since} IS NULL OR c.changed_at >= ${since}) AND (${until} IS NULL OR c.changed_at < ${until})`;
}

/** The statements that read the change log. Each goes by a key. */
export const changeStatements = {
  /** (tenant, its digest, sequence before the first, last sequence, actor, origin, since, until, limit) */
  asc: { name: "changes-asc", text: scanSql("ASC") },
  desc: { name: "changes-desc", text: scanSql("DESC") },
  /** (tenant, its digest, sequence before the first, last sequence, actor, origin, since, until, limit, app, after) */
  historyAsc: { name: "history-asc", text: historySql("ASC") },
  historyDesc: { name: "history-desc", text: historySql("DESC") },
  /** (tenant, app, version, maximum of steps): the change that made a version, followed back from the latest one */
  one: {
    name: "change-of-version",
    text: `WITH RECURSIVE chain AS (
        SELECT c.sequence, c.previous_sequence, c.version, 1 AS steps
        FROM install_summary s
        JOIN install_summary_change c ON c.tenant_id = $1 AND c.sequence = s.change_sequence
        WHERE s.tenant_id = $1 AND s.app_id = $2
        UNION ALL
        SELECT c.sequence, c.previous_sequence, c.version, p.steps + 1
        FROM chain p JOIN install_summary_change c ON c.tenant_id = $1 AND c.sequence = p.previous_sequence
        WHERE p.version > $3::bigint AND p.steps < $4::integer
      )
      SELECT ${columns} FROM chain p
      JOIN install_summary_change c ON c.tenant_id = $1 AND c.sequence = p.sequence
      WHERE p.version = $3::bigint`,
  },
} as const satisfies Readonly<Record<string, Statement>>;

/** The log in the order of its keys. */
function scanSql(direction: "ASC" | "DESC"): string {
  return `WITH ${feed}
    SELECT feed.last, feed.removed, ${isReplaced}, ${columns}, m.display_name
    FROM feed LEFT JOIN LATERAL (
      SELECT ${columns} FROM install_summary_change c
      WHERE c.tenant_id = $1 AND c.sequence > greatest(feed.removed, $3::bigint)
        AND c.sequence <= least(feed.last, $4::bigint) AND ${matchSql(5)}
      ORDER BY c.sequence ${direction} LIMIT $9::bigint
    ) c ON TRUE
    LEFT JOIN mobile_app m ON m.tenant_id = $1 AND m.id = c.app_id
    ORDER BY c.sequence ${direction}`;
}

/**
 * One app's changes, followed back from its latest one, or from the one that the page before ended with: each change names
 * the one before it. `older` is the one before all of these.
 */
function historySql(direction: "ASC" | "DESC"): string {
  const step = `JOIN install_summary_change c ON c.tenant_id = $1 AND c.sequence`;
  const isMatch = `(c.sequence <= least(feed.last, $4::bigint) AND ${matchSql(5)})`;
  // Latest first, the walk ends with the page; oldest first, it has to come to where the page begins.
  const isWanted = direction === "DESC" ? "p.found < $9::bigint" : "TRUE";
  return `WITH RECURSIVE ${feed},
    start AS (
      SELECT CASE WHEN c.app_id = $10 THEN c.previous_sequence ELSE s.change_sequence END AS sequence
      FROM (VALUES (1)) one (n)
      LEFT JOIN install_summary_change c ON c.tenant_id = $1 AND c.sequence = $11::bigint
      LEFT JOIN install_summary s ON s.tenant_id = $1 AND s.app_id = $10
    ),
    chain AS (
      SELECT c.sequence, c.previous_sequence, ${isMatch} AS is_match, ${isMatch}::integer AS found
      FROM feed CROSS JOIN start p ${step} = p.sequence
      WHERE c.sequence > greatest(feed.removed, $3::bigint)
      UNION ALL
      SELECT c.sequence, c.previous_sequence, ${isMatch}, p.found + ${isMatch}::integer
      FROM feed CROSS JOIN chain p ${step} = p.previous_sequence
      WHERE c.sequence > greatest(feed.removed, $3::bigint) AND ${isWanted}
    ),
    picked AS (SELECT sequence FROM chain WHERE is_match ORDER BY sequence ${direction} LIMIT $9::bigint)
    SELECT feed.last, feed.removed, ${isReplaced}, ${columns}, m.display_name,
      CASE WHEN EXISTS (SELECT 1 FROM chain) THEN (SELECT previous_sequence FROM chain ORDER BY sequence LIMIT 1)
        ELSE (SELECT sequence FROM start) END AS older
    FROM feed LEFT JOIN picked p ON TRUE
    LEFT JOIN install_summary_change c ON c.tenant_id = $1 AND c.sequence = p.sequence
    LEFT JOIN mobile_app m ON m.tenant_id = $1 AND m.id = c.app_id
    ORDER BY c.sequence ${direction}`;
}
