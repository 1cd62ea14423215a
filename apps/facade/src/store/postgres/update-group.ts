import type { CurrentApp, GroupRows, SummaryRow } from "../sql/group.ts";
import { newFeed } from "../sql/feed.ts";
import { planGroup } from "../sql/plan-group.ts";
import { textOf } from "../sql/row-values.ts";
import type { UpdateWrite } from "../sql/write.ts";
import { readSummaries } from "./read-statements.ts";
import {
  arraysOf,
  changeColumns,
  namesOf,
  summaryColumns,
  unnestSql,
  type ArrayColumn,
} from "./row-arrays.ts";
import type { SentGroup } from "./sent-group.ts";
import type { Connection, RunStatement, Statement } from "./statement.ts";

/** A summary with the version that its new state was decided on. */
interface SeenSummary extends SummaryRow {
  readonly seen: number;
}

const seenColumns: readonly ArrayColumn<SeenSummary>[] = [
  ...summaryColumns,
  { name: "seen", type: "bigint", valueOf: ({ seen }) => seen },
];

const setSummary = summaryColumns
  .filter(({ name }) => name !== "app_id" && name !== "change_sequence")
  .map(({ name }) => `${name} = i.${name}`)
  .join(", ");

/**
 * Commits changes of one tenant: (tenant, number of changes, a column of summaries each, a column of changes each). The
 * tenant's feed is locked first and for as long as the statement takes, so that sequences are committed in their order. A
 * summary is written where its version is still the one that was seen, and its changes with it. What points to a change of
 * the same group is a negative number.
 */
export const updateGroupStatement: Statement = {
  name: "update-group",
  text: `WITH i AS (SELECT * FROM ${unnestSql(seenColumns, "i", 3)}),
    h AS (SELECT * FROM ${unnestSql(changeColumns, "h", 3 + seenColumns.length)}),
    f AS (UPDATE change_feed SET last = last + $2::bigint WHERE tenant_id = $1 RETURNING last - $2::bigint AS base),
    c AS (UPDATE install_summary s SET ${setSummary}, change_sequence = f.base - i.change_sequence FROM i, f
      WHERE s.tenant_id = $1 AND s.app_id = i.app_id AND s.version = i.seen RETURNING s.app_id, f.base),
    l AS (INSERT INTO install_summary_change (tenant_id, ${namesOf(changeColumns)})
      SELECT $1, c.base - h.sequence,
        CASE WHEN h.previous_sequence < 0 THEN c.base - h.previous_sequence ELSE h.previous_sequence END,
        ${namesOf(changeColumns.slice(2)).replaceAll(/\w+/g, "h.$&")}
      FROM h JOIN c ON c.app_id = h.app_id)
    SELECT app_id FROM c`,
};

/** Updates that are decided, and the rows which they write. */
export interface PlannedUpdates {
  readonly summaries: readonly SeenSummary[];
  /** The group as it is once it was sent. */
  readonly sent: SentGroup;
}

/** Decides a group of updates of one tenant, whose apps others may change at the same time. */
export async function planUpdates(
  connection: Connection,
  tenantId: string,
  writes: readonly UpdateWrite[],
): Promise<PlannedUpdates> {
  const found = await readSummaries(connection, tenantId, [...new Set(writes.map(({ appId }) => appId))]);
  const apps = new Map<string, CurrentApp>();
  for (const [appId, summary] of found) apps.set(appId, { kind: "known", ...summary });
  const tenant = { apps, feed: { ...newFeed, last: beforeGroup } };
  const { outcomes, rows } = planGroup(writes, new Map([[tenantId, tenant]]), new Date().toISOString());
  const summaries = rows.summaries.map((row) => ({ ...row, seen: found.get(row.summary.id)?.version ?? 0 }));
  return {
    summaries,
    sent: {
      changes: rows.changes,
      settle(committed) {
        const lost = new Set(summaries.map(({ summary }) => summary.id).filter((id) => !committed.has(id)));
        // All writes of such an app: each was decided on what those before it would have made.
        return {
          outcomes: outcomes.filter(({ write }) => !(write.kind === "update" && lost.has(write.appId))),
          open: writes.filter(({ appId }) => lost.has(appId)),
        };
      },
    },
  };
}

/** Commits planned updates by `commit`. Resolves to the apps that no one else has changed since they were read. */
export async function sendUpdates(
  commit: RunStatement,
  tenantId: string,
  { summaries, sent: { changes } }: PlannedUpdates,
): Promise<ReadonlySet<string>> {
  if (changes.length === 0) return new Set();
  const { rows } = await commit(updateGroupStatement, [
    tenantId,
    changes.length,
    ...valuesOf({ summaries, changes }),
  ]);
  return new Set(rows.map((row) => textOf(row, "app_id")));
}

/** Commits a group without a change by `commit`, as each group is: it fails where none can be. */
export async function sendNothing(commit: RunStatement): Promise<void> {
  await commit(updateGroupStatement, ["", 0, ...valuesOf({ summaries: [], changes: [] })]);
}

/**
 * The last sequence before a group whose sequences are not known yet. It is above all that a log ever reaches, so that what
 * points into the group is told from what points to an earlier change.
 */
const beforeGroup = 2 ** 52;

function valuesOf({
  summaries,
  changes,
}: Pick<GroupRows, "changes"> & { readonly summaries: readonly SeenSummary[] }) {
  return [
    ...arraysOf(
      seenColumns,
      summaries.map((row) => ({ ...row, changeSequence: relative(row.changeSequence) })),
    ),
    ...arraysOf(
      changeColumns,
      changes.map((row) => ({
        ...row,
        sequence: beforeGroup - row.sequence,
        previousSequence: relative(row.previousSequence),
      })),
    ),
  ];
}

function relative(sequence: number | null): number | null {
  return sequence === null || sequence <= beforeGroup ? sequence : beforeGroup - sequence;
}
