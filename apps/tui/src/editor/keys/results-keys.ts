import { openApp, openReview } from "../actions/browse.ts";
import { copyTakeBack } from "../actions/copying.ts";
import { editedCounters } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import { outcome, say, type Outcome } from "../model/outcome.ts";
import { askToQuit } from "../actions/quit.ts";

type Results = Extract<EditorState["screen"], { readonly name: "results" }>;

/** A key in the results. */
export function resultsKey(state: EditorState, screen: Results, key: string): Outcome {
  const { send, line } = screen;
  const item = send.items[line];
  const to = (wanted: number): Outcome => {
    const inside = Math.max(0, Math.min(send.items.length - 1, wanted));
    return outcome({ ...state, screen: { ...screen, line: inside } });
  };
  switch (key) {
    case "up":
    case "k":
      return to(line - 1);
    case "down":
    case "j":
      return to(line + 1);
    case "home":
    case "g":
      return to(0);
    case "end":
    case "G":
      return to(send.items.length - 1);
    case "enter":
      if (item === undefined) return outcome(state);
      return outcome(openApp(state, item.app.id, editedCounters(item.patch)[0]));
    case "c":
      return copyTakeBack(state, send);
    case "s":
      return outcome(openReview(state, item?.app.id));
    case "R":
      if (item === undefined) return outcome(state);
      return outcome(say(state, "Reading again …"), {
        kind: "readApp",
        purpose: "refresh",
        appId: item.app.id,
      });
    case "escape":
      return outcome({ ...state, screen: { name: "list" } });
    case "?":
      return outcome({ ...state, screen: { name: "help", top: 0, back: screen } });
    case "q":
      return askToQuit(state, "q");
    default:
      return outcome(state);
  }
}
