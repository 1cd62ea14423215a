import type { ListedChange } from "@install-summary/core/client";
import { changersKey, type ChangersReading } from "../model/changers.ts";
import { conflictApps } from "../model/conflicts.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { Effect } from "../model/effect.ts";
import { transition, type Transition } from "../model/transition.ts";

/** How many apps are asked about at once. */
const maxRequests = 4;

/** Reads once for each app of the table who changed it, where the server has a log of changes. */
export function readChangers(state: EditorState): Transition {
  if (state.screen.name !== "conflict" || !state.hasChangeLog) return transition(state);
  const due = appsToAskAbout(state).slice(0, Math.max(0, maxRequests - countRunning(state)));
  if (due.length === 0) return transition(state);
  const changers = new Map(state.changers);
  for (const { key } of due) changers.set(key, { kind: "running" });
  return transition({ ...state, changers }, ...due.map((app): Effect => ({ kind: "readChangers", ...app })));
}

/** Whether it is still being read who changed the apps of the table. */
export function isReadingChangers(state: EditorState): boolean {
  return state.screen.name === "conflict" && countRunning(state) > 0;
}

/** Who changed an app is known. */
export function changersRead(state: EditorState, key: string, changes: readonly ListedChange[]): EditorState {
  return withReading(state, key, { kind: "known", changes });
}

/** It could not be read: the table has the versions alone, and the next one asks again. */
export function changersFailed(state: EditorState, key: string): EditorState {
  return withReading(state, key, { kind: "failed" });
}

function withReading(state: EditorState, key: string, reading: ChangersReading): EditorState {
  return { ...state, changers: new Map(state.changers).set(key, reading) };
}

/** The apps of the table of which it was not asked yet who changed them. */
function appsToAskAbout({
  staging,
  changers,
}: EditorState): readonly { readonly key: string; readonly appId: string }[] {
  return conflictApps(staging).flatMap(({ staged }) => {
    const key = changersKey(staged);
    return key === undefined || changers.has(key) ? [] : [{ key, appId: staged.app.id }];
  });
}

function countRunning({ changers }: EditorState): number {
  return [...changers.values()].filter(({ kind }) => kind === "running").length;
}
