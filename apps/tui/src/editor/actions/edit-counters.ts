import type { CounterEdit } from "@install-summary/core";
import { appIdentity } from "../../words/app-identity.ts";
import { timeOfReading } from "../model/app-list.ts";
import { describeCounter } from "../model/counter-grid.ts";
import { editedCounters } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import { reveal } from "../model/list-moves.ts";
import { say, sayWhole } from "../model/transition.ts";
import { sayEdit, unchangedText } from "./say-edit.ts";
import { settleApp } from "../model/settle-staged.ts";
import { isPending, isReadFirst, shownApp } from "../model/shown-app.ts";
import { stageEdits } from "../model/staging.ts";
import { typedEdit } from "../model/typed-edit.ts";
import { redoStep, stepOf, undoStep, type Restored } from "../model/undo-steps.ts";

/**
 * Says why the edits of an app wait. They are based on numbers that its own change may have altered, so nothing is taken
 * that would have to be kept or dropped afterwards.
 */
export function sayPending(state: EditorState, appId: string | undefined): EditorState {
  const next = isReadFirst(state, appId) ? "R finds out." : "R finds out, s sends it again.";
  return say(state, `This app's change was sent and may have been applied: its edits wait. ${next}`, "wrong");
}

/** Stages an edit of the counter under the cursor. Undefined, or the value that it has and that the server is known to have, removes the edit. */
export function stageCounter(state: EditorState, edit: CounterEdit | undefined): EditorState {
  const app = shownApp(state);
  if (app === undefined) return state;
  if (isPending(state, app.id)) return sayPending(state, app.id);
  const { counter } = state;
  const base = app.installSummary[counter];
  const wanted = edit === undefined ? undefined : typedEdit(state, app, counter, edit);
  const readAt = timeOfReading(state.list, app.id);
  const staging = stageEdits(state.staging, app, new Map([[counter, wanted]]), readAt);
  if (staging === state.staging) {
    return sayWhole(state, unchangedText(counter, base, edit, wanted !== undefined));
  }
  return sayEdit({ ...state, staging }, app);
}

/** Undoes the last staged edit, and goes to where it was. */
export function undo(state: EditorState): EditorState {
  const appId = stepOf(state.staging, "undo");
  if (isPending(state, appId)) return sayPending(state, appId);
  const restored = undoStep(state.staging);
  return restored === undefined ? say(state, "Nothing to undo.") : restore(state, restored, "Undone");
}

/** Redoes the edit that was undone last. */
export function redo(state: EditorState): EditorState {
  const appId = stepOf(state.staging, "redo");
  if (isPending(state, appId)) return sayPending(state, appId);
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
  const names = editedCounters(staged.edits);
  const count = names.length;
  const none = new Map(names.map((name) => [name, undefined]));
  const dropped = { ...state, staging: stageEdits(state.staging, staged.app, none, staged.readAt) };
  return say(
    dropped,
    `Dropped ${count === 1 ? "1 edit" : `${count} edits`}. u brings ${count === 1 ? "it" : "them"} back.`,
  );
}

function restore(state: EditorState, { staging, counters, app }: Restored, word: string): EditorState {
  if (app === undefined) return { ...state, staging };
  const list = reveal(state.list, app, staging);
  const [counter] = counters;
  const what = counter === undefined ? "" : describeCounter(counter).label.toLowerCase();
  const more = counters.length > 1 ? ` and ${counters.length - 1} more` : "";
  const next = { ...state, list, staging, counter: counter ?? state.counter };
  // The name comes last: what is cut of a long message is its end.
  return sayWhole(next, `${word}: ${what}${more}. (${appIdentity(app)})`);
}
