import { keepForLater } from "../actions/bring-back.ts";
import { claimAll, claimOne } from "../actions/claim-drafts.ts";
import { askToQuit } from "../actions/quit.ts";
import { readDraftsAgain } from "../actions/read-drafts.ts";
import type { DraftsScreen, EditorState } from "../model/editor-state.ts";
import { linesOfPage } from "../model/layout.ts";
import { transition, say, type Transition } from "../model/transition.ts";
import { stepOf } from "./step-of.ts";
import { commonKey } from "./common-key.ts";

/** A key on the screen of the drafts that were found. */
export function draftsKey(state: EditorState, { line }: DraftsScreen, key: string): Transition {
  const { found, isClaiming, discarding } = state.drafts;
  if (key === "q") return askToQuit(state, "q");
  if (isClaiming) return transition(say(state, "The drafts are being brought back."));
  if (discarding.length > 0) return transition(say(state, "The drafts are being thrown away."));
  const last = found.length - 1;
  const step = stepOf(key, linesOfPage(state.size));
  if (step !== undefined) {
    const place = Math.max(0, Math.min(last, line + step));
    return transition({ ...state, screen: { name: "drafts", line: place } });
  }
  const current = found[Math.min(line, last)];
  switch (key) {
    case "enter":
      return claimAll(state);
    case " ":
      return current === undefined ? transition(state) : claimOne(state, current.key);
    case "R":
      return transition(readDraftsAgain(state));
    case "n":
    case "escape":
      return transition(keepForLater(state));
    case "x":
    case "delete":
      if (current === undefined) return transition(state);
      return transition({ ...state, question: { kind: "throwAway", key: current.key } });
    default:
      return commonKey(state, key);
  }
}
