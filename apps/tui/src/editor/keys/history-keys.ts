import { openReview } from "../actions/open-screen.ts";
import { copyChange } from "../actions/copying.ts";
import { askForToken } from "../actions/give-token.ts";
import { openHistory, readHistoryAgain, readOlder } from "../actions/read-history.ts";
import { takeBackAsRead } from "../actions/take-back-read.ts";
import { changedCounters } from "../../words/change-words.ts";
import type { EditorState } from "../model/editor-state.ts";
import { currentChange, placeInHistory, shownCounter, type History } from "../model/history.ts";
import { linesOfPage } from "../model/layout.ts";
import { transition, say, type Transition } from "../model/transition.ts";
import { stepOf } from "./step-of.ts";
import { commonKey } from "./common-key.ts";

/** A key in the history. */
export function historyKey(state: EditorState, key: string): Transition {
  const { history } = state;
  if (history === undefined) return transition({ ...state, screen: { name: "list" } });
  const change = currentChange(history);
  const step = stepOf(key, linesOfPage(state.size));
  if (step !== undefined) return moveBy(state, history, step);
  switch (key) {
    case "left":
    case "right":
      return transition(otherCounter(state, history, key === "right" ? 1 : -1));
    case "enter":
    case " ":
      if (change === undefined) return transition(say(state, "There is no change to show."));
      return transition({ ...state, history: { ...history, at: change.cursor, isWhole: !history.isWhole } });
    case "u":
      if (change === undefined) return transition(say(state, "There is no change to take back."));
      return takeBackAsRead(state, [change]);
    case "h":
      if (change === undefined || history.appId !== undefined)
        return transition(say(state, "This is the history of one app: H shows that of all."));
      return openHistory(state, change.appId);
    case "H":
      return history.appId === undefined
        ? transition(say(state, "This is the history of all apps."))
        : openHistory(state, undefined);
    case "c":
      return change === undefined
        ? transition(say(state, "There is no change to copy."))
        : copyChange(state, change);
    case "R":
      return readHistoryAgain(state);
    case "s":
      return transition(openReview(state, change?.appId));
    case "t":
      return transition(askForToken(state));
    case "escape":
      return transition({ ...state, screen: state.historyFrom });
    default:
      return commonKey(state, key);
  }
}

/** How near to the end of what was read older changes are asked for. */
const soon = 20;

function moveBy(state: EditorState, history: History, by: number): Transition {
  const last = history.changes.length - 1;
  const place = Math.max(0, Math.min(last, placeInHistory(history) + by));
  const at = history.changes[place]?.cursor;
  const isSame = at === (history.at ?? history.changes[0]?.cursor);
  const moved = isSame ? history : { ...history, at, isWhole: false, counter: undefined };
  const next = { ...state, history: moved };
  return place > last - soon ? readOlder(next) : transition(next);
}

function otherCounter(state: EditorState, history: History, step: 1 | -1): EditorState {
  const change = currentChange(history);
  const names = change === undefined ? [] : changedCounters(change).map(({ counter }) => counter);
  if (names.length < 2) return say(state, "This change set one counter.");
  const shown = shownCounter(history);
  const at = shown === undefined ? 0 : names.indexOf(shown);
  return { ...state, history: { ...history, counter: names[(at + step + names.length) % names.length] } };
}
