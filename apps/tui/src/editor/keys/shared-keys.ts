import { currentApp } from "../model/app-list.ts";
import { moveToStaged, openReview } from "../actions/open-screen.ts";
import { readAgain } from "../actions/read-again.ts";
import { openAppHistory, openHistory } from "../actions/read-history.ts";
import { redo, undo } from "../actions/edit-counters.ts";
import { copyOfApp } from "../actions/copying.ts";
import type { EditorState } from "../model/editor-state.ts";
import { transition, say, type Transition } from "../model/transition.ts";
import { askForToken } from "../actions/give-token.ts";
import { commonKey } from "./common-key.ts";

/** The keys that mean the same in the list and in the counters. */
export function sharedKey(state: EditorState, key: string): Transition {
  const app = currentApp(state.list);
  const staged = app && state.staging.apps.get(app.id);
  switch (key) {
    case "n":
      return transition(moveToStaged(state, 1));
    case "N":
      return transition(moveToStaged(state, -1));
    case "u":
      return transition(undo(state));
    case "ctrl-r":
      return transition(redo(state));
    case "D":
      if (staged === undefined) return transition(say(state, "Nothing is staged for this app."));
      return transition({ ...state, question: { kind: "drop", appId: staged.app.id } });
    case "c":
      return copyOfApp(state);
    case "h":
      return openAppHistory(state);
    case "H":
      return openHistory(state, undefined);
    case "s":
      return transition(openReview(state));
    case "R":
      return readAgain(state);
    case "t":
      return transition(askForToken(state));
    default:
      return commonKey(state, key);
  }
}
