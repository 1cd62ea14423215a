import { listRows } from "../model/layout.ts";
import { currentApp } from "../model/app-list.ts";
import { sharedKey } from "./shared-keys.ts";
import type { EditorState } from "../model/editor-state.ts";
import { moveTo, showAll, toggleFailures } from "../model/list-moves.ts";
import { transition, say, type Transition } from "../model/transition.ts";
import { sortedCounter } from "../model/sort.ts";

/** A key in the list. */
export function listKey(state: EditorState, key: string): Transition {
  const { list, staging } = state;
  const moved = moveByKey(state, key);
  if (moved !== undefined) return transition(moved);
  switch (key) {
    case "k":
      return listKey(state, "up");
    case "j":
      return listKey(state, "down");
    case "ctrl-u":
      return listKey(state, "pageUp");
    case "ctrl-d":
      return listKey(state, "pageDown");
    case "g":
      return listKey(state, "home");
    case "G":
      return listKey(state, "end");
    case "right":
    case "enter":
    case "tab":
      return transition(intoCounters(state));
    case "/":
      return transition({ ...state, screen: { name: "filter" } });
    case "f":
      return transition({ ...state, list: toggleFailures(list, staging) });
    case "o":
      return transition({ ...state, screen: { name: "sort" } });
    case "escape":
      if (list.filterText === "") return transition(say(state, "This is the list already: q quits."));
      return transition({ ...state, list: showAll(list, staging) });
    default:
      return sharedKey(state, key);
  }
}

/** Into the counters of the app under the cursor, where possible to what the list is sorted by. */
function intoCounters(state: EditorState): EditorState {
  if (currentApp(state.list) === undefined) return say(state, "There is no app to open.");
  const counter = sortedCounter(state.list.sort) ?? state.counter;
  return { ...state, counter, screen: { name: "counters" } };
}

/** The keys that move in the list and are no text, so that they work while a filter is typed. */
export function moveByKey(state: EditorState, key: string): EditorState | undefined {
  const { list } = state;
  const page = listRows(state.size);
  const to = (row: number): EditorState => ({ ...state, list: moveTo(list, row) });
  switch (key) {
    case "up":
      return to(list.cursorRow - 1);
    case "down":
      return to(list.cursorRow + 1);
    case "pageUp":
      return to(list.cursorRow - page);
    case "pageDown":
      return to(list.cursorRow + page);
    case "home":
      return to(0);
    case "end":
      return to(list.rows.length - 1);
    default:
      return undefined;
  }
}
