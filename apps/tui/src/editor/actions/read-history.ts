import type { Failure } from "../../server/failure.ts";
import { currentApp } from "../model/app-list.ts";
import type { EditorState, Screen } from "../model/editor-state.ts";
import type { Effect } from "../model/effect.ts";
import type { HistoryRead } from "../model/event.ts";
import { addOlder, historyAnew, historyPage, isSought, newHistory, type History } from "../model/history.ts";
import { saysNoLog } from "../model/live.ts";
import { readTrend } from "./read-trend.ts";
import { transition, say, type Transition } from "../model/transition.ts";

/** Opens the history of the app under the cursor. */
export function openAppHistory(state: EditorState): Transition {
  const app = currentApp(state.list);
  if (app === undefined) return transition(say(state, "There is no app to open."));
  return openHistory(state, app.id);
}

/** Opens the history of an app, or of all, and reads it. Back it goes to where it was opened. */
export function openHistory(state: EditorState, appId: string | undefined): Transition {
  const { screen } = state;
  const historyFrom = screen.name === "history" ? state.historyFrom : towardsList(screen);
  const history = newHistory(appId, (state.history?.generation ?? 0) + 1);
  const opened: EditorState = { ...state, history, historyFrom, screen: { name: "history" } };
  if (appId === undefined) return transition(opened, readEffect(history));
  const { state: next, effects } = readTrend(opened, appId);
  return transition(next, readEffect(history), ...effects);
}

/** Results that lead back to the history lead to the list where the history is opened over them: Esc comes to an end. */
function towardsList(screen: Screen): Screen {
  if (screen.name !== "results" || screen.sending.from !== "history") return screen;
  return { ...screen, sending: { ...screen.sending, from: "list" } };
}

/** Reads the history anew, with its trend, or, while it is on its way, says so. */
export function readHistoryAgain(state: EditorState): Transition {
  const { history } = state;
  if (history === undefined) return transition(state);
  if (history.reading.kind === "running") return transition(say(state, "The history is being read already."));
  const over = readHistoryOver(state);
  if (history.appId === undefined) return over;
  const trend = readTrend(over.state, history.appId);
  return transition(trend.state, ...over.effects, ...trend.effects);
}

/** Reads a history anew. The person stays on the same change, where it is still there. */
export function readHistoryOver(state: EditorState): Transition {
  const { history } = state;
  if (history === undefined) return transition(state);
  const over = historyAnew(history);
  return transition({ ...state, history: over }, readEffect(over));
}

/** Asks for older changes, where there may be some and they are not on their way. */
export function readOlder(state: EditorState): Transition {
  const { history } = state;
  if (history === undefined || !history.hasMore || history.reading.kind === "running")
    return transition(state);
  const after = history.changes.at(-1)?.cursor;
  return transition(
    { ...state, history: { ...history, reading: { kind: "running" } } },
    readEffect(history, after),
  );
}

/**
 * Changes have come. Those of a reading that was given up change nothing. Older ones are asked for until the change is there
 * on which the person was before the history was read anew.
 */
export function historyRead(before: EditorState, event: HistoryRead): Transition {
  if (before.history?.generation !== event.generation) return transition(before);
  const history = addOlder(before.history, event);
  const state = { ...before, history };
  return isSought(history) ? readOlder(state) : transition(state);
}

/** Reading the history has failed; what came before stays. */
export function historyFailed(state: EditorState, generation: number, failure: Failure): EditorState {
  const { history } = state;
  if (history?.generation !== generation) return state;
  const hasChangeLog = state.hasChangeLog && !saysNoLog(state.live, failure);
  return { ...state, hasChangeLog, history: { ...history, reading: { kind: "failed", failure } } };
}

function readEffect({ generation, appId }: History, after?: string): Effect {
  return { kind: "readHistory", generation, appId, after, top: historyPage };
}
