import type { EditorState } from "../model/editor-state.ts";
import { isText } from "../model/key.ts";
import { listRows } from "../model/layout.ts";
import { filterBy, moveBy } from "../model/list-moves.ts";
import { transition, type Transition } from "../model/transition.ts";
import { arrowStep } from "./step-of.ts";
import { unusedKey } from "./unused-key.ts";

/** A key while the filter is typed. The list narrows at once. */
export function filterKey(state: EditorState, key: string): Transition {
  const text = state.list.filterText;
  const step = arrowStep(key, listRows(state.size));
  if (step !== undefined) return transition({ ...state, list: moveBy(state.list, step) });
  switch (key) {
    case "enter":
      return transition({ ...state, screen: { name: "list" } });
    case "escape":
      return transition({ ...typeFilter(state, ""), screen: { name: "list" } });
    case "backspace":
      return transition(typeFilter(state, withoutLast(text)));
    case "ctrl-u":
      return transition(typeFilter(state, ""));
    case "ctrl-w":
      return transition(typeFilter(state, text.replace(/\S+\s*$/, "")));
    default:
      return isText(key) ? transition(typeFilter(state, text + key)) : unusedKey(state, key);
  }
}

/** Filters by another text. */
export function typeFilter(state: EditorState, text: string): EditorState {
  return { ...state, list: filterBy(state.list, text, state.staging) };
}

const segmenter = new Intl.Segmenter();

/** A text without its last grapheme. */
export function withoutLast(text: string): string {
  const last = [...segmenter.segment(text)].at(-1);
  return last === undefined ? "" : text.slice(0, last.index);
}
