import type { EditorState } from "./model/editor-state.ts";
import type { EditorEvent, Happening, KeyPressed, Pasted } from "./model/event.ts";
import { say } from "./model/transition.ts";
import { arrowStep, stepOf } from "./keys/step-of.ts";
import { counted } from "./view/counted.ts";

// What a person types while the first reading of the list goes on, or is tried again, is for the apps that will be there,
// so it waits.

/** More than this is a key that is held down. */
const maxKept = 1000;

/** Keys that are for an app, beside those that move to one. */
const ofApp: ReadonlySet<string> = new Set(["right", "enter", "tab", "c", "h"]);
/** What is done at once. */
const atOnce: ReadonlySet<string> = new Set(["ctrl-z", "ctrl-l"]);

/** Keeps a key or a paste for the list, or gives up what was kept; undefined where the event is for now. */
export function keepAhead(state: EditorState, event: EditorEvent): EditorState | undefined {
  if (event.kind !== "key" && event.kind !== "paste") return undefined;
  const { ahead } = state;
  if (ahead.length === 0 && !beginsAhead(state, event)) return undefined;
  if (event.kind === "key" && atOnce.has(event.key)) return undefined;
  // As a terminal does with what was typed ahead.
  if (event.kind === "key" && event.key === "ctrl-c") return dropAhead(state, "Ctrl-C quits.");
  const kept = ahead.length < maxKept ? [...ahead, event] : ahead;
  const what = ahead.length < maxKept ? counted(kept.length, "key") : `The first ${counted(maxKept, "key")}`;
  return say({ ...state, ahead: kept }, `${what} typed: done once the whole list is read.`);
}

function beginsAhead(state: EditorState, event: KeyPressed | Pasted): boolean {
  const { list, link, screen, question } = state;
  if (!isReadingFirst(state)) return false;
  if (question !== undefined || event.kind === "paste") return false;
  if (list.apps.length > 0 && event.isAhead !== true) return false;
  if (screen.name === "filter") return arrowStep(event.key, 1) !== undefined;
  // Where a reading has failed, this copies what happened.
  if (event.key === "c" && "failure" in link) return false;
  return screen.name === "list" && (stepOf(event.key, 1) !== undefined || ofApp.has(event.key));
}

/** Whether the first reading goes on, or will by itself. */
function isReadingFirst({ list, link }: EditorState): boolean {
  return !list.complete && (list.loading !== undefined || link.kind === "waiting");
}

/** Gives up what was typed where it cannot be done: the list could not be read, or something else is asked first. */
export function withoutUseless(state: EditorState): EditorState {
  const { ahead, list, screen } = state;
  if (ahead.length === 0) return state;
  if (!list.complete && !isReadingFirst(state)) return dropAhead(state, "The list could not be read.");
  const isForList = screen.name === "list" || screen.name === "filter";
  if (isForList) return state;
  return dropAhead(state, `The ${screen.name === "conflict" ? "conflicts" : "drafts"} come first.`);
}

/**
 * What was typed ahead, once the whole list is there: it happens next. Nothing of it confirms anything: nothing was seen.
 */
export function dueAhead({ ahead, list }: EditorState): readonly Happening[] {
  if (ahead.length === 0 || !list.complete) return [];
  const typed = ahead.map((event) => (event.kind === "key" ? { ...event, isAhead: true } : event));
  return [{ kind: "aheadReleased" }, ...typed];
}

function dropAhead(state: EditorState, why: string): EditorState {
  return say({ ...state, ahead: [] }, `${counted(state.ahead.length, "key")} dropped. ${why}`);
}
