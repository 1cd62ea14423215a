import { askToQuit } from "../actions/quit.ts";
import type { EditorState } from "../model/editor-state.ts";
import { transition, type Transition } from "../model/transition.ts";
import { unusedKey } from "./unused-key.ts";

/** A key that means the same on every screen where something is done: its keys, quitting, or why it does nothing there. */
export function commonKey(state: EditorState, key: string): Transition {
  switch (key) {
    case "?":
      return transition({ ...state, screen: { name: "help", top: 0, all: false, back: state.screen } });
    case "q":
      return askToQuit(state, "q");
    default:
      return unusedKey(state, key);
  }
}
