import type { CounterEdit, CounterName, InstallSummaryEdit } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { formatCount, formatDelta } from "../../words/format-count.ts";
import { currentApp, startLoading } from "../model/app-list.ts";
import { describeCounter } from "../model/counter-grid.ts";
import { editedCounters, editedValue, withEdit } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import { moveTo, reveal, stagedRow } from "../model/list-moves.ts";
import { outcome, say, type Outcome } from "../model/outcome.ts";
import { redoStep, settleApp, stageEdits, stepOf, undoStep, type Restored } from "../model/staging.ts";
import { readAgainEffect, readingAgain } from "./loading.ts";

/** The app that is shown beside the list, as edits are made on it: as it was when they began. */
export function shownApp(state: EditorState): ListedApp | undefined {
  const app = currentApp(state.list);
  return app === undefined ? undefined : (state.staging.apps.get(app.id)?.app ?? app);
}

/** The staged edits of an app. */
export function editsOf(state: EditorState, appId: string): InstallSummaryEdit {
  return state.staging.apps.get(appId)?.edits ?? {};
}

/** Whether a change of the app was sent and it is not certain what became of it. */
export function isPending({ staging }: EditorState, appId: string | undefined): boolean {
  return appId !== undefined && staging.apps.get(appId)?.pending !== undefined;
}

/**
 * Says why the edits of an app wait. They are based on numbers that its own change may have altered, so nothing is taken
 * that would have to be kept or dropped afterwards.
 */
export function sayPending(state: EditorState): EditorState {
  const text =
    "This app's change was sent and may have been applied: its edits wait. R finds out, s sends it again.";
  return say(state, text, "wrong");
}

/** Stages an edit of the counter under the cursor. Undefined, or the value that it already has, removes the edit. */
export function stageCounter(state: EditorState, edit: CounterEdit | undefined): EditorState {
  const app = shownApp(state);
  if (app === undefined) return state;
  if (isPending(state, app.id)) return sayPending(state);
  const { counter } = state;
  const base = app.installSummary[counter];
  const before = editsOf(state, app.id);
  const wanted = edit === undefined || editedValue(base, edit) === base ? undefined : edit;
  if (JSON.stringify(before[counter]) === JSON.stringify(wanted)) return state;
  const staging = stageEdits(state.staging, app, withEdit(before, counter, wanted));
  return say({ ...state, staging }, describeEdit(counter, base, wanted));
}

/** Undoes the last staged edit, and goes to where it was. */
export function undo(state: EditorState): EditorState {
  if (isPending(state, stepOf(state.staging, "undo"))) return sayPending(state);
  const restored = undoStep(state.staging);
  return restored === undefined ? say(state, "Nothing to undo.") : restore(state, restored, "Undone");
}

/** Redoes the edit that was undone last. */
export function redo(state: EditorState): EditorState {
  if (isPending(state, stepOf(state.staging, "redo"))) return sayPending(state);
  const restored = redoStep(state.staging);
  return restored === undefined ? say(state, "Nothing to redo.") : restore(state, restored, "Redone");
}

/** Drops all edits of an app; one step for undo. A change that was sent and may be applied is only given up. */
export function dropEdits(state: EditorState, appId: string): EditorState {
  const staged = state.staging.apps.get(appId);
  if (staged === undefined) return state;
  if (staged.pending !== undefined) {
    const given = { ...state, staging: settleApp(state.staging, appId) };
    return say(given, "Dropped. The change was sent, and may still have been applied.", "wrong");
  }
  const count = editedCounters(staged.edits).length;
  const dropped = { ...state, staging: stageEdits(state.staging, staged.app, {}) };
  return say(
    dropped,
    `Dropped ${count === 1 ? "1 edit" : `${count} edits`}. u brings ${count === 1 ? "it" : "them"} back.`,
  );
}

/** Goes to the next app with staged edits, or the previous one. */
export function moveToStaged(state: EditorState, step: 1 | -1): EditorState {
  const row = stagedRow(state.list, state.staging, step);
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
  const from = state.screen.name === "counters" ? "counters" : "list";
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

/** Reads again: the app under the cursor, and the list too where the person is in it. */
export function readAgain(state: EditorState): Outcome {
  const app = currentApp(state.list);
  const readApp = app === undefined ? [] : [readAgainEffect(state, app.id)];
  const reading = say(state, readingAgain);
  if (state.screen.name !== "list" || state.list.loading !== undefined) return outcome(reading, ...readApp);
  const list = startLoading(state.list, state.eventCount);
  const loadPages = { kind: "loadPages", generation: list.generation } as const;
  return outcome({ ...reading, list }, ...readApp, loadPages);
}

/** Reads several apps again. */
export function readAppsAgain(state: EditorState, appIds: readonly string[]): Outcome {
  return outcome(say(state, readingAgain), ...appIds.map((appId) => readAgainEffect(state, appId)));
}

/** An edit in words, such as `Staged: failed devices 16 → 8 (−8).` */
function describeEdit(counter: CounterName, base: number, edit: CounterEdit | undefined): string {
  const label = describeCounter(counter).label.toLowerCase();
  if (edit === undefined) return `Reverted: ${label} ${formatCount(base)}.`;
  const value = editedValue(base, edit);
  return `Staged: ${label} ${formatCount(base)} → ${formatCount(value)} (${formatDelta(value - base)}).`;
}

function restore(state: EditorState, { staging, counters, app }: Restored, word: string): EditorState {
  if (app === undefined) return { ...state, staging };
  const list = reveal(state.list, app, staging);
  const [counter] = counters;
  const what = counter === undefined ? "" : describeCounter(counter).label.toLowerCase();
  const more = counters.length > 1 ? ` and ${counters.length - 1} more` : "";
  const next = { ...state, list, staging, counter: counter ?? state.counter };
  return say(next, `${word}: ${what}${more}.`);
}
