import { shownApp, stageCounter } from "../actions/browse.ts";
import { counterAfter, counterBeside } from "../model/counter-grid.ts";
import type { EditorState } from "../model/editor-state.ts";
import { readEntry } from "../model/entry.ts";
import { withoutLast } from "./filter-keys.ts";
import { isText } from "../model/key.ts";
import { outcome, type Outcome } from "../model/outcome.ts";

/** The maximum length of an entry: more than any number needs. */
const maxLength = 24;

/** A key while a counter is typed. A refused entry can only be corrected or dropped. */
export function entryKey(state: EditorState, text: string, key: string): Outcome {
  const { counter } = state;
  switch (key) {
    case "enter":
    case "down":
      return outcome(leaveEntry(state, text, counterBeside(counter, 1, 0)));
    case "up":
      return outcome(leaveEntry(state, text, counterBeside(counter, -1, 0)));
    case "tab":
      return outcome(leaveEntry(state, text, counterAfter(counter, 1)));
    case "shift-tab":
      return outcome(leaveEntry(state, text, counterAfter(counter, -1)));
    case "escape":
      return outcome({ ...state, screen: { name: "counters" } });
    case "backspace":
      return outcome({ ...state, screen: { name: "entry", text: withoutLast(text) } });
    case "ctrl-u":
      return outcome({ ...state, screen: { name: "entry", text: "" } });
    default:
      return outcome(isText(key) ? typeEntry(state, text + key) : state);
  }
}

/** Opens the entry with a text; what is longer than any number stays out. */
export function typeEntry(state: EditorState, text: string): EditorState {
  return text.length > maxLength ? state : { ...state, screen: { name: "entry", text } };
}

function leaveEntry(state: EditorState, text: string, counter: EditorState["counter"]): EditorState {
  const app = shownApp(state);
  if (app === undefined) return { ...state, screen: { name: "list" } };
  const reading = readEntry(text, app.installSummary[state.counter]);
  if (reading.kind === "refused") return state;
  const staged = reading.kind === "edit" ? stageCounter(state, reading.edit) : state;
  return { ...staged, counter, screen: { name: "counters" } };
}
