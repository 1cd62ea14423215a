import { recentChanges, type Recent } from "../../changes/recent.ts";
import type { Failure } from "../../server/failure.ts";
import { formatCount } from "../../words/format-count.ts";
import { failureText } from "../../words/failure-text.ts";
import type { EditorState } from "../model/editor-state.ts";
import { sortBy } from "../model/list-moves.ts";
import { saysNoLog } from "../model/live.ts";
import type { RecentReading } from "../model/event.ts";
import type { Sort } from "../model/sort.ts";
import { say, sayDuring, transition, type Transition } from "../model/transition.ts";

const noLog = "This server keeps no log of changes, so the order stays as it was.";

/** Asks what changed last; the list is sorted by it when that has come. */
export function askForRecent(state: EditorState): Transition {
  if (!state.hasChangeLog) return transition(say(state, noLog, "wrong"));
  const { sort } = state.list;
  const reading = sayDuring(state, "reading", "Reading what changed last …");
  return transition(reading, { kind: "readRecent", purpose: "sort", sort });
}

/**
 * What changed last has come. A person who is on an app stays on it, since it may come late; an order that was chosen
 * since it was asked for stays too.
 */
export function recentRead(
  state: EditorState,
  { recent, purpose, sort: before }: RecentReading & { readonly recent: Recent },
): EditorState {
  if (state.list.sort !== before) return state;
  // With the list that is read again the order is as the person has it, only newer.
  if (purpose === "refresh") {
    return { ...state, list: sortBy({ ...state.list, recent }, before, state.staging, "app") };
  }
  const sort: Sort = { ...before, column: "changed", descending: true };
  const isInList = state.screen.name === "list" || state.screen.name === "filter";
  const hasChosen = state.list.cursorId !== undefined;
  const list = sortBy({ ...state.list, recent }, sort, state.staging, isInList && !hasChosen ? "top" : "app");
  const sorted = { ...state, list };
  if (!isInList) return sorted;
  const apps = recent.size === 1 ? "1 app" : `${formatCount(recent.size)} apps`;
  const top = list.cursorRow === 0 ? "" : " g goes to the top.";
  return say(
    sorted,
    `Sorted by the latest ${formatCount(recentChanges)} changes, of ${apps}, then by name.${top}`,
  );
}

/** Reading what changed last has failed. */
export function recentFailed(state: EditorState, failure: Failure): EditorState {
  if (!saysNoLog(state.live, failure)) return say(state, failureText(failure, "list"), "wrong");
  return say({ ...state, hasChangeLog: false }, noLog, "wrong");
}
