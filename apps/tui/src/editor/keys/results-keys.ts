import { openApp, openReview } from "../actions/open-screen.ts";
import { readAppsAgain } from "../actions/read-again.ts";
import { copyResults, copyUndo } from "../actions/copying.ts";
import { openHistory } from "../actions/read-history.ts";
import { takeBackSent } from "../actions/take-back-sent.ts";
import { editedCounters } from "../model/edit.ts";
import type { EditorState, ResultsScreen } from "../model/editor-state.ts";
import { linesOfPage } from "../model/layout.ts";
import { resultOrder, resultsToRead } from "../model/results.ts";
import { transition, type Transition } from "../model/transition.ts";
import { askForToken } from "../actions/give-token.ts";
import { stepOf } from "./step-of.ts";
import { commonKey } from "./common-key.ts";

/** A key in the results. */
export function resultsKey(state: EditorState, screen: ResultsScreen, key: string): Transition {
  const { sending, line } = screen;
  const item = sending.items[line];
  const order = resultOrder(sending.items);
  const step = stepOf(key, linesOfPage(state.size));
  if (step !== undefined) {
    const place = Math.max(0, Math.min(order.length - 1, order.indexOf(line) + step));
    return transition({ ...state, screen: { ...screen, line: order[place] ?? 0, top: 0 } });
  }
  switch (key) {
    case "enter":
      if (item === undefined) return transition(state);
      return transition(openApp(state, item.app.id, editedCounters(item.patch)[0]));
    case "c":
      return copyResults(state, sending);
    case "C":
      return copyUndo(state, sending);
    case "u":
      return takeBackSent(state, item === undefined ? [] : [item]);
    case "U":
      return takeBackSent(state, sending.items);
    case "h":
      return item === undefined ? transition(state) : openHistory(state, item.app.id);
    case "s":
      return transition(openReview(state, item?.app.id));
    case "R":
      return readAppsAgain(state, idsToRead(state, screen));
    case "escape":
      return transition({ ...state, screen: { name: sending.from } });
    case "t":
      return transition(askForToken(state));
    default:
      return commonKey(state, key);
  }
}

/** All apps that must be read before what is staged can be sent; without any, the one of the line. */
function idsToRead(state: EditorState, screen: ResultsScreen): readonly string[] {
  const ids = resultsToRead(state, screen);
  const current = screen.sending.items[screen.line];
  return ids.length > 0 || current === undefined ? ids : [current.app.id];
}
