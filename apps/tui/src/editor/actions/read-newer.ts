import type { EditorState } from "../model/editor-state.ts";
import { noteReading } from "../model/live.ts";
import { transition, type Transition } from "../model/transition.ts";
import { readAppEffect } from "./read-app.ts";

/** Reads newer versions of apps, of which none is being read: what is known to be there by now is in what comes. */
export function readNewer(state: EditorState, appIds: readonly string[]): Transition {
  return transition(
    { ...state, live: noteReading(state.live, appIds) },
    ...appIds.map((appId) => readAppEffect(state, "newer", appId)),
  );
}
