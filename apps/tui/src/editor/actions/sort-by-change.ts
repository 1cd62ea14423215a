import { isWithoutChangeLog } from "../../changes/change-log.ts";
import { recentChanges, type Recent } from "../../changes/recent.ts";
import type { Failure } from "../../server/failure.ts";
import { formatCount } from "../../words/format-count.ts";
import { failureText } from "../../words/failure-text.ts";
import type { EditorState } from "../model/editor-state.ts";
import { sortBy } from "../model/list-moves.ts";
import type { Sort } from "../model/sort.ts";
import { say, transition, type Transition } from "../model/transition.ts";

interface RecentRead {
  readonly recent: Recent;
  /** The sort when it was asked for. */
  readonly sort: Sort;
}

const noLog = "This server keeps no log of changes, so the order stays as it was.";

/** Asks what changed last; the list is sorted by it when that has come. */
export function askForRecent(state: EditorState): Transition {
  if (!state.hasChangeLog) return transition(say(state, noLog, "wrong"));
  return transition(say(state, "Reading what changed last …"), {
    kind: "readRecent",
    sort: state.list.sort,
  });
}

/**
 * What changed last has come. A person who is at the numbers of an app stays on it, and an order that was chosen since it
 * was asked for stays too.
 */
export function recentRead(state: EditorState, { recent, sort: replaced }: RecentRead): EditorState {
  if (state.list.sort !== replaced) return state;
  const sort: Sort = { ...state.list.sort, column: "changed", descending: true };
  const isInList = state.screen.name === "list" || state.screen.name === "filter";
  const list = sortBy({ ...state.list, recent }, sort, state.staging, isInList ? "top" : "app");
  const sorted = { ...state, list };
  if (!isInList) return sorted;
  const apps = recent.size === 1 ? "1 app" : `${formatCount(recent.size)} apps`;
  return say(sorted, `Sorted by the latest ${formatCount(recentChanges)} changes, of ${apps}, then by name.`);
}

/** Reading what changed last has failed. */
export function recentFailed(state: EditorState, failure: Failure): EditorState {
  if (!isWithoutChangeLog(failure)) return say(state, failureText(failure, "list"), "wrong");
  return say({ ...state, hasChangeLog: false }, noLog, "wrong");
}
