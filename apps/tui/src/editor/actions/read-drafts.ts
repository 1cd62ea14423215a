import { sentBy } from "../../changes/drafts/draft.ts";
import type { Failure } from "../../server/failure.ts";
import type { DraftOutcome } from "../model/drafts.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { AppRead } from "../model/event.ts";
import { draftsToRead } from "../model/found-drafts.ts";
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
  const due = draftsToRead(state).slice(0, Math.max(0, free));
  if (due.length === 0) return transition(state);
  const readings = new Map(state.drafts.readings);
  for (const draft of due)
    readings.set(draft.app.id, { kind: "running", request: sentBy(draft)?.clientRequestId });
  return transition(
    { ...state, drafts: { ...state.drafts, readings } },
    ...due.map(({ app }) => readAppEffect(state, "draft", app.id)),
  );
}

/** Whether apps of drafts are on their way, or are still to be asked for. */
export function isReadingDrafts(state: EditorState): boolean {
  if (state.screen.name !== "drafts") return false;
  return [...state.drafts.readings.values()].some(isRunning) || draftsToRead(state).length > 0;
}

/**
 * The app of a draft has come. One that is not waited for any more changes nothing. Where the log could not be asked, nothing
 * is known of what was sent, whatever values are there.
 */
export function draftRead(state: EditorState, { app, record, unread }: AppRead): EditorState {
  if (unread !== undefined) return draftReadFailed(state, app.id, unread, "log");
  return withReading(state, app.id, { kind: "read", app, readAt: state.now, record });
}

/** The app of a draft could not be read, or the log could not. */
export function draftReadFailed(
  state: EditorState,
  appId: string,
  failure: Failure,
  what: "app" | "log" = "app",
): EditorState {
  return withReading(state, appId, { kind: "failed", what, failure });
}

/** Reads the apps of all drafts again. */
export function readDraftsAgain(state: EditorState): EditorState {
  const readings = new Map([...state.drafts.readings].filter(([, reading]) => isRunning(reading)));
  return { ...state, drafts: { ...state.drafts, readings, readsAll: true } };
}

function withReading(state: EditorState, appId: string, outcome: DraftOutcome): EditorState {
  const reading = state.drafts.readings.get(appId);
  if (reading?.kind !== "running") return state;
  const readings = new Map(state.drafts.readings).set(appId, { ...outcome, request: reading.request });
  return { ...state, drafts: { ...state.drafts, readings } };
}

function isRunning({ kind }: DraftOutcome): boolean {
  return kind === "running";
}
