import { appIdentity } from "../../words/app-identity.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { DraftEffect } from "../model/effect.ts";
import type { Staging } from "../model/staging.ts";
import { say } from "../model/transition.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** What brings the drafts on disk from what was staged to what is staged. It comes before anything that is sent. */
export function draftEffects(before: Staging, after: Staging): readonly DraftEffect[] {
  if (before.apps === after.apps) return [];
  const changed = [...after.apps].filter(([appId, staged]) => before.apps.get(appId) !== staged);
  const gone = [...before.apps.keys()].filter((appId) => !after.apps.has(appId));
  return [
    ...changed.map(([appId, draft]): DraftEffect => ({ kind: "saveDraft", appId, draft })),
    ...gone.map((appId): DraftEffect => ({ kind: "saveDraft", appId, draft: undefined })),
  ];
}

/** Drafts cannot be kept. Editing goes on, and quitting asks. */
export function draftsFailed(state: EditorState, reason: string): EditorState {
  const failed = { ...state, drafts: { ...state.drafts, failure: reason } };
  return say(failed, `Drafts cannot be kept on this computer: ${reason}. Editing goes on; q asks.`, "wrong");
}

/** The draft of an app can be written again: its next change is held anew, whatever becomes of the drafts of others. */
export function draftWritten(state: EditorState, appId: string): EditorState {
  const unmarked = new Map(state.drafts.unmarked);
  return unmarked.delete(appId) ? { ...state, drafts: { ...state.drafts, unmarked } } : state;
}

/** All drafts are on disk again. */
export function draftsKept(state: EditorState): EditorState {
  const kept = { ...state, drafts: { ...state.drafts, failure: undefined, unmarked: new Map() } };
  return say(kept, "Drafts are kept on this computer again.");
}

/** Drafts on disk say that changes were not sent which were, or were dropped or replaced. Quitting names them. */
export function draftsStale(state: EditorState, stale: readonly KnownApp[]): EditorState {
  return { ...state, drafts: { ...state.drafts, stale } };
}

/** Another editor has taken drafts, since this one did not seem to run. Its edits are kept in a draft of their own. */
export function draftsTaken(state: EditorState, appIds: readonly string[]): EditorState {
  const names = appIds.flatMap((appId) => {
    const app = state.staging.apps.get(appId)?.app;
    return app === undefined ? [] : [appIdentity(app)];
  });
  const [first] = names;
  if (first === undefined) return state;
  const more = names.length > 1 ? ` and ${names.length - 1} more` : "";
  const text = `Another terminal has brought back your draft of ${first}${more}. It is edited in both now.`;
  return say(state, text, "wrong");
}

/** Other editors have drafts of these apps, in lower case. */
export function editedElsewhere(state: EditorState, appIds: readonly string[]): EditorState {
  return { ...state, drafts: { ...state.drafts, elsewhere: new Set(appIds) } };
}
