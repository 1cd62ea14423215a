import { listRows } from "../model/layout.ts";
import { currentApp } from "../model/app-list.ts";
import { openFilter, typeFilter, withoutLast } from "./filter-keys.ts";
import { sharedKey } from "./shared-keys.ts";
import type { EditorState } from "../model/editor-state.ts";
import { moveBy, pinned, showAll, toggleFailures } from "../model/list-moves.ts";
import { transition, say, type Transition } from "../model/transition.ts";
import { sortedCounter } from "../model/sort.ts";
import { stepOf } from "./step-of.ts";

/** A key in the list. */
export function listKey(state: EditorState, key: string): Transition {
  const { list, staging } = state;
  const step = stepOf(key, listRows(state.size));
  if (step !== undefined) return transition({ ...state, list: moveBy(list, step) });
  switch (key) {
    case "right":
    case "enter":
    case "tab":
      return transition(intoCounters(state));
    case "/":
      return transition(openFilter(state));
    case "backspace":
      // As while it was typed.
      if (list.filterText === "") return sharedKey(state, key);
      return transition(typeFilter(state, withoutLast(list.filterText)));
    case "f":
      return transition({ ...state, list: toggleFailures(list, staging) });
    case "o":
      return transition({ ...state, screen: { name: "sort" } });
    case "escape":
      if (list.filterText === "") return transition(say(state, "This is the list already: q quits."));
      return transition({ ...state, list: showAll(list, staging) });
    default:
      // What a key does to an app, it does to the one that the person sees, whatever comes of the list meanwhile.
      return sharedKey({ ...state, list: pinned(list) }, key);
  }
}

/** Into the counters of the app under the cursor, where possible to what the list is sorted by. */
function intoCounters(state: EditorState): EditorState {
  if (currentApp(state.list) === undefined) return say(state, "There is no app to open.");
  const counter = sortedCounter(state.list.sort) ?? state.counter;
  return { ...state, list: pinned(state.list), counter, screen: { name: "counters" } };
}
