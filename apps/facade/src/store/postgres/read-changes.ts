import type { ChangePage, ChangeQuery, RecordedChange } from "@install-summary/core/service";
import { changePage } from "../sql/change-page.ts";
import { loggedChangeOfRow, recordedChangeOfRow } from "../sql/change-rows.ts";
import { digestTenant, newFeed } from "../sql/feed.ts";
import { wholeOf } from "../sql/row-values.ts";
import { changeStatements } from "./change-statements.ts";
import type { Connection, StatementValue } from "./statement.ts";

/** Reads one page of a tenant's change log. */
export async function readChanges(
  connection: Connection,
  tenantId: string,
  query: ChangeQuery,
): Promise<ChangePage> {
  const { order, after, appId } = query;
  const values = [tenantId, digestTenant(tenantId), ...valuesOf(query)];
  const scan = order === "asc" ? changeStatements.asc : changeStatements.desc;
  const history = order === "asc" ? changeStatements.historyAsc : changeStatements.historyDesc;
  const { rows } =
    appId === undefined
      ? await connection.run(scan, values)
      : await connection.run(history, [...values, appId, order === "desc" ? (after ?? null) : null]);
  const [first] = rows;
  const feed =
    first === undefined ? newFeed : { last: wholeOf(first, "last"), removed: wholeOf(first, "removed") };
  return changePage(query, feed, {
    // A log without a change on this page is a row by itself.
    changes: rows.filter(({ sequence }) => sequence !== null).map(loggedChangeOfRow),
    hasOlder: appId === undefined ? feed.removed > 0 : (first?.["older"] ?? null) !== null,
    isReplaced: first?.["is_replaced"] === true,
  });
}

/** How many changes of an app are followed back to find one of them. */
const maxSteps = 100;

/** The change that made a version of an app; undefined where it is not among the app's latest changes. */
export async function readChange(
  connection: Connection,
  { tenantId, appId }: { readonly tenantId: string; readonly appId: string },
  version: number,
): Promise<RecordedChange | undefined> {
  const { rows } = await connection.run(changeStatements.one, [tenantId, appId, version, maxSteps]);
  return rows[0] && recordedChangeOfRow(rows[0]);
}

function valuesOf(query: ChangeQuery): readonly StatementValue[] {
  const { order, after, top, actor = null, origin = null, since = null, until = null } = query;
  const low = order === "asc" ? (after ?? 0) : 0;
  const high = order === "desc" && after !== undefined ? after - 1 : Number.MAX_SAFE_INTEGER;
  // PostgreSQL takes no NUL in a text, and no change was made by such a name. No time is before an empty text.
  return actor?.includes("\0") === true
    ? [low, high, null, origin, since, "", top + 1]
    : [low, high, actor, origin, since, until, top + 1];
}
