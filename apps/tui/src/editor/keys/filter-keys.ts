import { withoutLastWord } from "../../text/last-word.ts";
import type { EditorState, FilterScreen } from "../model/editor-state.ts";
import { isText } from "../model/key.ts";
import { listRows } from "../model/layout.ts";
import { filterBy, moveBy } from "../model/list-moves.ts";
import { transition, type Transition } from "../model/transition.ts";
import { arrowStep } from "./step-of.ts";
import { unusedKey } from "./unused-key.ts";

/** Opens the filter. What was kept of it is selected, so that typing begins anew. */
export function openFilter(state: EditorState): EditorState {
  const isSelected = state.list.filterText !== "";
  return { ...state, screen: isSelected ? { name: "filter", isSelected } : { name: "filter" } };
}

/** A key while the filter is typed. The list narrows at once. */
export function filterKey(state: EditorState, screen: FilterScreen, key: string): Transition {
  const { filterText } = state.list;
  const isSelected = screen.isSelected === true;
  const step = arrowStep(key, listRows(state.size));
  if (step !== undefined) return transition({ ...state, list: moveBy(state.list, step) });
  switch (key) {
    case "enter":
      return transition({ ...state, screen: { name: "list" } });
    case "escape":
      return transition({ ...typeFilter(state, ""), screen: { name: "list" } });
    case "backspace":
      return transition(typeFilter(state, isSelected ? "" : withoutLast(filterText)));
    case "ctrl-u":
      return transition(typeFilter(state, ""));
    case "ctrl-w":
      return transition(typeFilter(state, withoutLastWord(filterText)));
    case "right":
      return isSelected ? transition(typeFilter(state, filterText)) : unusedKey(state, key);
    default:
      return isText(key) ? transition(addToFilter(state, screen, key)) : unusedKey(state, key);
  }
}

/** Filters by another text, to whose end more can be typed. */
export function typeFilter(state: EditorState, text: string): EditorState {
  const screen = { name: "filter" } as const;
  return { ...state, screen, list: filterBy(state.list, text, state.staging) };
}

/** Adds a text to the filter, or puts it in the place of what is selected. */
export function addToFilter(state: EditorState, screen: FilterScreen, text: string): EditorState {
  return typeFilter(state, (screen.isSelected === true ? "" : state.list.filterText) + text);
}

const segmenter = new Intl.Segmenter();

/** A text without its last grapheme. */
export function withoutLast(text: string): string {
  const last = [...segmenter.segment(text)].at(-1);
  return last === undefined ? "" : text.slice(0, last.index);
}
