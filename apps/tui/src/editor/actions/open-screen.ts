import type { CounterName } from "@install-summary/core";
import { currentApp } from "../model/app-list.ts";
import { editedCounters } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import { moveTo, reveal, stagedRow } from "../model/list-moves.ts";
import { say } from "../model/transition.ts";

/** Goes to the next app with staged edits, or the previous one. */
export function moveToStaged(state: EditorState, step: 1 | -1): EditorState {
  const row = stagedRow(state.list, state.staging, step);
  if (row === state.list.cursorRow) return say(state, "No other app has staged edits.");
  if (row !== undefined) return { ...state, list: moveTo(state.list, row) };
  return say(
    state,
    state.staging.apps.size === 0 ? "Nothing is staged." : "The filter hides what is staged.",
  );
}

/** Opens the review, on the app under the cursor, or that one, where it has edits. */
export function openReview(state: EditorState, appId = currentApp(state.list)?.id): EditorState {
  const [first] = state.staging.apps.values();
  if (first === undefined) return say(state, "Nothing is staged. Type a number on a counter first.");
  const { app, edits } = state.staging.apps.get(appId ?? "") ?? first;
  const counter = edits[state.counter] === undefined ? editedCounters(edits)[0] : state.counter;
  const { name } = state.screen;
  const from = name === "counters" || name === "history" ? name : "list";
  const line = counter === undefined ? undefined : { appId: app.id, counter };
  return { ...state, screen: { name: "review", line, from } };
}

/** Goes to an app's counter, in the pane of its counters. */
export function openApp(state: EditorState, appId: string, counter: CounterName | undefined): EditorState {
  const app = state.list.apps.find((other) => other.id === appId) ?? state.staging.apps.get(appId)?.app;
  if (app === undefined) return state;
  const list = reveal(state.list, app, state.staging);
  return { ...state, list, counter: counter ?? state.counter, screen: { name: "counters" } };
}
