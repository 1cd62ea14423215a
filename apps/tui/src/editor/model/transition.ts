import type { EditorState, Notice } from "./editor-state.ts";
import type { Effect } from "./effect.ts";

/** What an event comes to. */
export interface Transition {
  readonly state: EditorState;
  readonly effects: readonly Effect[];
}

/** A new state, and things to do. */
export function transition(state: EditorState, ...effects: readonly Effect[]): Transition {
  return { state, effects };
}

/** The state with a word on what is going on: it is said until that has ended. */
export function sayDuring(
  state: EditorState,
  during: NonNullable<Notice["during"]>,
  text: string,
): EditorState {
  return { ...state, notice: { tone: "plain", text, during } };
}

/** The state with a word on what happened. */
export function say(state: EditorState, text: string, tone: Notice["tone"] = "plain"): EditorState {
  return { ...state, notice: { tone, text } };
}

/** The same where what it names is to be read to its end, such as what is left out, or an app that may not be on the screen. */
export function sayWhole(state: EditorState, text: string): EditorState {
  return { ...state, notice: { tone: "plain", text, isWhole: true } };
}
