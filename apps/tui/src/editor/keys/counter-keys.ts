import type { CounterEdit } from "@install-summary/core";
import { sharedKey } from "./shared-keys.ts";
import { editsOf, isPending, shownApp } from "../model/shown-app.ts";
import { sayPending, stageCounter } from "../actions/edit-counters.ts";
import { counterAfter, counterBeside, describeCounter } from "../model/counter-grid.ts";
import type { EditorState } from "../model/editor-state.ts";
import { transition, type Transition } from "../model/transition.ts";

/** A key among the counters. */
export function counterKey(state: EditorState, key: string): Transition {
  const { counter } = state;
  switch (key) {
    case "up":
    case "k":
      return transition({ ...state, counter: counterBeside(counter, -1, 0) });
    case "down":
    case "j":
      return transition({ ...state, counter: counterBeside(counter, 1, 0) });
    case "right":
      return transition({ ...state, counter: counterBeside(counter, 0, 1) });
    case "left":
      // From the first column it goes back to where → came from.
      if (describeCounter(counter).scope === "device")
        return transition({ ...state, screen: { name: "list" } });
      return transition({ ...state, counter: counterBeside(counter, 0, -1) });
    case "tab":
      return transition({ ...state, counter: counterAfter(counter, 1) });
    case "shift-tab":
      return transition({ ...state, counter: counterAfter(counter, -1) });
    case "escape":
      return transition({ ...state, screen: { name: "list" } });
    case "x":
    case "delete":
      return transition(stageCounter(state, undefined));
    case "enter":
      return transition(editAgain(state));
    default:
      if (!/^[0-9+\-−]$/.test(key)) return sharedKey(state, key);
      if (isPending(state, shownApp(state)?.id)) return transition(sayPending(state, shownApp(state)?.id));
      return transition({ ...state, screen: { name: "entry", text: key } });
  }
}

/** Opens the entry of the counter under the cursor with what is staged there. */
export function editAgain(state: EditorState): EditorState {
  const app = shownApp(state);
  if (app === undefined) return state;
  if (isPending(state, app.id)) return sayPending(state, app.id);
  return { ...state, screen: { name: "entry", text: entryText(editsOf(state, app.id)[state.counter]) } };
}

function entryText(edit: CounterEdit | undefined): string {
  if (edit === undefined) return "";
  if (typeof edit === "number") return String(edit);
  return edit.add > 0 ? `+${edit.add}` : String(edit.add);
}
