import type { ChangePage, ChangeQuery, LoggedChange } from "@install-summary/core/service";
import type { Feed } from "./feed.ts";

/** The sequences of a page: after `low`, up to `high`. */
export interface ChangeRange {
  readonly low: number;
  readonly high: number;
}

/** What was found for a page, one more than it holds where there is another page. */
export interface FoundChanges {
  readonly changes: readonly LoggedChange[];
  /** Whether there were changes before them which are not in the log any more. */
  readonly hasOlder: boolean;
  /**
   * Whether the cursor is of a log that a restore has replaced: no change has its sequence, and the next one is of a
   * restore, further away than one.
   */
  readonly isReplaced: boolean;
}

/** The sequences that a page is looked for in, of a log that has come so far. */
export function changeRange(
  { order, after }: ChangeQuery,
  { last, removed }: Pick<Feed, "last" | "removed">,
): ChangeRange {
  return {
    low: Math.max(removed, order === "asc" ? (after ?? 0) : 0),
    high: order === "desc" && after !== undefined ? Math.min(after - 1, last) : last,
  };
}

/** Makes a page of what was found in a log that has come so far. */
export function changePage(
  { order, after, top }: ChangeQuery,
  { last, removed }: Pick<Feed, "last" | "removed">,
  { changes: found, hasOlder, isReplaced }: FoundChanges,
): ChangePage {
  const changes = found.slice(0, top);
  // One more than the page holds tells whether there is another page.
  const end = found.length > top ? changes.at(-1)?.sequence : undefined;
  const next = end ?? (order === "asc" ? last : undefined);
  const reachesOldest = order === "asc" ? (after ?? 0) <= removed : next === undefined;
  return {
    changes,
    ...(next !== undefined && { next }),
    hasGap: order === "asc" && after !== undefined && (after < removed || after > last || isReplaced),
    ...(reachesOldest && { olderRemoved: hasOlder }),
  };
}

/**
 * True for a query that may read a part of the log which is not bounded by the length of the page. The history of an app
 * is followed from its latest change where the cursor is that of another app or was removed.
 */
export function isLongRead({ order, after, appId, actor, origin, since, until }: ChangeQuery): boolean {
  const isFiltered = [actor, origin, since, until].some((filter) => filter !== undefined);
  return isFiltered || (appId !== undefined && (order === "asc" || after !== undefined));
}
