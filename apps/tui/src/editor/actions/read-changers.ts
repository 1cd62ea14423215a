import type { ListedChange } from "@install-summary/core/client";
import { moveKey, type ChangersReading } from "../model/changers.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { Effect } from "../model/effect.ts";
import { shownMoves } from "../model/shown-moves.ts";
import { transition, type Transition } from "../model/transition.ts";

/** How many apps are asked about at once. */
const maxRequests = 4;

/** Reads once who has changed each app of which the screen says so, where the server has a log of changes. */
export function readChangers(state: EditorState): Transition {
  if (!state.hasChangeLog) return transition(state);
  const due = appsToAskAbout(state).slice(0, Math.max(0, maxRequests - countRunning(state)));
  if (due.length === 0) return transition(state);
  const changers = new Map(state.changers);
  for (const { key } of due) changers.set(key, { kind: "running" });
  return transition({ ...state, changers }, ...due.map((app): Effect => ({ kind: "readChangers", ...app })));
}

/** Whether it is still being read who has changed apps of which the screen says so. */
export function isReadingChangers(state: EditorState): boolean {
  return shownMoves(state).some((move) => state.changers.get(moveKey(move) ?? "")?.kind === "running");
}

/** Who changed an app is known. */
export function changersRead(state: EditorState, key: string, changes: readonly ListedChange[]): EditorState {
  return withReading(state, key, { kind: "known", changes });
}

/** It could not be read: the versions are shown alone, and the next table asks again. */
export function changersFailed(state: EditorState, key: string): EditorState {
  return withReading(state, key, { kind: "failed" });
}

function withReading(state: EditorState, key: string, reading: ChangersReading): EditorState {
  return { ...state, changers: new Map(state.changers).set(key, reading) };
}

/** The apps of which it was not asked yet who has changed them. */
function appsToAskAbout(state: EditorState): readonly { readonly key: string; readonly appId: string }[] {
  return shownMoves(state).flatMap((move) => {
    const key = moveKey(move);
    return key === undefined || state.changers.has(key) ? [] : [{ key, appId: move.appId }];
  });
}

function countRunning({ changers }: EditorState): number {
  return [...changers.values()].filter(({ kind }) => kind === "running").length;
}
