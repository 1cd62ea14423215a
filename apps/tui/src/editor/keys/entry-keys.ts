import { capitalized } from "../../words/capitalized.ts";
import { shownApp } from "../model/shown-app.ts";
import { stageCounter } from "../actions/edit-counters.ts";
import { counterAfter, counterBeside } from "../model/counter-grid.ts";
import type { EditorState } from "../model/editor-state.ts";
import { belongsToEntry, parseEntry } from "../model/entry.ts";
import { withoutLast } from "./filter-keys.ts";
import { isText } from "../model/key.ts";
import { transition, say, type Transition } from "../model/transition.ts";

/** The maximum length of an entry: more than any number needs. */
const maxLength = 24;

/** A key while a counter is typed. A refused entry can only be corrected or dropped. */
export function entryKey(state: EditorState, text: string, key: string): Transition {
  const { counter } = state;
  switch (key) {
    case "enter":
    case "down":
      return transition(leaveEntry(state, text, counterBeside(counter, 1, 0)));
    case "up":
      return transition(leaveEntry(state, text, counterBeside(counter, -1, 0)));
    case "tab":
      return transition(leaveEntry(state, text, counterAfter(counter, 1)));
    case "shift-tab":
      return transition(leaveEntry(state, text, counterAfter(counter, -1)));
    case "escape":
      return transition({ ...state, screen: { name: "counters" } });
    case "backspace":
      return transition({ ...state, screen: { name: "entry", text: withoutLast(text) } });
    case "ctrl-u":
      return transition({ ...state, screen: { name: "entry", text: "" } });
    default:
      return transition(typeKey(state, text, key));
  }
}

/** Opens the entry with a text. What is longer than any number stays out, and the message begins with `refusal`. */
export function typeEntry(state: EditorState, text: string, refusal = ""): EditorState {
  if (text.length <= maxLength) return { ...state, screen: { name: "entry", text } };
  return say(state, `${refusal}No counter has a number of more than ${maxLength} characters.`, "wrong");
}

/** Takes what belongs to a number. Any other key would have done something else before the entry was opened. */
function typeKey(state: EditorState, text: string, key: string): EditorState {
  if (belongsToEntry(key)) return typeEntry(state, text + key);
  const what = isText(key) ? `${key} is no part of a number` : "A number is being typed";
  return say(state, `${what}: Enter stages it, Esc drops it.`);
}

function leaveEntry(state: EditorState, text: string, counter: EditorState["counter"]): EditorState {
  const app = shownApp(state);
  if (app === undefined) return { ...state, screen: { name: "list" } };
  const reading = parseEntry(text, app.installSummary[state.counter]);
  if (reading.kind === "unfinished")
    return say(state, `${capitalized(reading.reason)} Esc drops it.`, "wrong");
  if (reading.kind === "refused") return say(state, `Not staged: ${reading.reason}. Esc drops it.`, "wrong");
  const staged = reading.kind === "edit" ? stageCounter(state, reading.edit) : state;
  return { ...staged, counter, screen: { name: "counters" } };
}
