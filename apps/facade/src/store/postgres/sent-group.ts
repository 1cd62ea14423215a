import type { ChangeRow } from "../sql/group.ts";
import { textOf } from "../sql/row-values.ts";
import type { PlannedWrite, WriteOutcome } from "../sql/write.ts";
import type { Connection, Statement } from "./statement.ts";

/** A group that was sent to be committed. Where nothing was heard of it, the change log tells what became of it. */
export interface SentGroup {
  /** The changes that are in the log once the group is committed. */
  readonly changes: readonly ChangeRow[];
  /** What became of the group, by the apps whose changes are in the log. */
  readonly settle: (committed: ReadonlySet<string>) => SettledGroup;
}

/** The outcomes of the writes that are settled, and the writes that must be decided again, in their order. */
export interface SettledGroup {
  readonly outcomes: readonly WriteOutcome[];
  readonly open: readonly PlannedWrite[];
}

/**
 * (tenant, apps, versions, request ids): whether the change of each app to that version was made by that request. Each change
 * is followed back from the latest one of its app, of which there are few since the group was sent. Where the way ends at a
 * change that was removed, the log does not tell.
 */
export const findCommittedStatement: Statement = {
  name: "find-committed",
  text: `WITH RECURSIVE i AS (SELECT * FROM unnest($2::text[], $3::bigint[], $4::text[]) AS i(app_id, version, request_id)),
    chain AS (
      SELECT i.app_id, i.version AS wanted, i.request_id AS wanted_by, s.version + 1 AS version,
        NULL::text COLLATE "C" AS request_id, s.change_sequence AS previous_sequence
      FROM i JOIN install_summary s ON s.tenant_id = $1 AND s.app_id = i.app_id
      UNION ALL
      SELECT p.app_id, p.wanted, p.wanted_by, c.version, c.request_id, c.previous_sequence
      FROM chain p JOIN install_summary_change c ON c.tenant_id = $1 AND c.sequence = p.previous_sequence
      WHERE p.version > p.wanted
    )
    SELECT DISTINCT ON (app_id) app_id, version = wanted AND request_id = wanted_by AS is_committed,
      version > wanted AND previous_sequence IS NOT NULL AS is_removed
    FROM chain ORDER BY app_id, version`,
};

/**
 * The apps of a group whose changes are committed. Throws where a change is removed already that would tell. In a
 * transaction that has locked the tenant this is certain: what is not in the log by then never comes into it, as soon as that transaction
 * changes the same apps.
 */
export async function findCommitted(
  connection: Connection,
  tenantId: string,
  { changes }: SentGroup,
): Promise<ReadonlySet<string>> {
  // All changes of an app are committed together, so one of them tells.
  const sent = [...new Map(changes.map((change) => [change.appId, change])).values()];
  const { rows } = await connection.run(findCommittedStatement, [
    tenantId,
    sent.map(({ appId }) => appId),
    sent.map(({ version }) => version),
    sent.map(({ requestId }) => requestId),
  ]);
  if (rows.some((row) => row["is_removed"] === true)) {
    throw new Error("The changes that followed are no longer in the log.");
  }
  return new Set(rows.filter((row) => row["is_committed"] === true).map((row) => textOf(row, "app_id")));
}
