import type { Failure } from "../../server/failure.ts";
import type { DraftReading } from "../model/drafts.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { AppRead } from "../model/event.ts";
import { appsOfDraftsToRead } from "../model/found-drafts.ts";
import { transition, type Transition } from "../model/transition.ts";
import { readAppEffect } from "./read-app.ts";

/** How many apps are read at once. */
const maxRequests = 4;

/**
 * Reads the apps of the drafts on the screen, so that it says what became of them before it asks. It changes nothing: to
 * bring them back is another thing.
 */
export function readDrafts(state: EditorState): Transition {
  if (state.screen.name !== "drafts") return transition(state);
  const free = maxRequests - [...state.drafts.readings.values()].filter(isRunning).length;
  const due = appsOfDraftsToRead(state).slice(0, Math.max(0, free));
  if (due.length === 0) return transition(state);
  const readings = new Map(state.drafts.readings);
  for (const appId of due) readings.set(appId, { kind: "running" });
  return transition(
    { ...state, drafts: { ...state.drafts, readings } },
    ...due.map((appId) => readAppEffect(state, "draft", appId)),
  );
}

/** Whether apps of drafts are on their way, or are still to be asked for. */
export function isReadingDrafts(state: EditorState): boolean {
  if (state.screen.name !== "drafts") return false;
  return [...state.drafts.readings.values()].some(isRunning) || appsOfDraftsToRead(state).length > 0;
}

/** The app of a draft has come. One that is not waited for any more changes nothing. */
export function draftRead(state: EditorState, { app, record }: AppRead): EditorState {
  return withReading(state, app.id, { kind: "read", app, readAt: state.now, record });
}

/** The app of a draft could not be read. */
export function draftReadFailed(state: EditorState, appId: string, failure: Failure): EditorState {
  return withReading(state, appId, { kind: "failed", failure });
}

/** Reads the apps of all drafts again. */
export function readDraftsAgain(state: EditorState): EditorState {
  const readings = new Map([...state.drafts.readings].filter(([, reading]) => isRunning(reading)));
  return { ...state, drafts: { ...state.drafts, readings, readsAll: true } };
}

function withReading(state: EditorState, appId: string, reading: DraftReading): EditorState {
  if (state.drafts.readings.get(appId)?.kind !== "running") return state;
  const readings = new Map(state.drafts.readings).set(appId, reading);
  return { ...state, drafts: { ...state.drafts, readings } };
}

function isRunning({ kind }: DraftReading): boolean {
  return kind === "running";
}
