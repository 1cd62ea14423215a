import { isAsRead } from "../../changes/as-read.ts";
import { sentBy, type Draft, type FoundDraft } from "../../changes/drafts/draft.ts";
import type { DraftsClaimed } from "../../changes/drafts/draft-news.ts";
import { countOpen } from "../model/conflicts.ts";
import { findApp } from "../model/app-list.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { Effect } from "../model/effect.ts";
import { bringable, countCounters, latestOf, recordOf, statusOf, withDrafts } from "../model/found-drafts.ts";
import { replaceApp } from "../model/list-loading.ts";
import { reveal } from "../model/list-moves.ts";
import type { StagedApp } from "../model/staging.ts";
import { say, sayWhole, transition, type Transition } from "../model/transition.ts";
import { leaveDrafts } from "./bring-back.ts";
import { claimedText, type Claimed } from "./claimed-text.ts";
import { refreshEffect } from "./read-app.ts";
import { moveEdits, takeReading } from "./read-again.ts";

/** Takes the drafts with these keys over. Nothing else is done until that is decided. */
export function claim(state: EditorState, keys: readonly string[]): Transition {
  if (keys.length === 0) {
    return transition(say(state, "The app has newer edits: this draft stays on disk, x throws it away."));
  }
  const drafts = { ...state.drafts, isClaiming: true };
  return transition({ ...state, drafts }, { kind: "claimDrafts", keys });
}

/** Brings back all drafts that can be. */
export function claimAll(state: EditorState): Transition {
  return claim(
    state,
    bringable(state).map(({ key }) => key),
  );
}

/** Brings back one draft. */
export function claimOne(state: EditorState, key: string): Transition {
  return claim(
    state,
    bringable(state).flatMap((found) => (found.key === key ? [key] : [])),
  );
}

/**
 * The drafts are staged again. What reading has told of them already is taken in: a change that was applied is settled,
 * and edits of an app that others have changed move onto what is there. What was sent and is not settled is read.
 */
export function draftsClaimed(state: EditorState, { drafts, keys, reason }: DraftsClaimed): Transition {
  // Those that could not be taken are where they were, and can be asked for again.
  const isLeft = ({ key, draft }: FoundDraft): boolean =>
    !keys.includes(key) || (reason !== undefined && !drafts.some(({ app }) => app.id === draft.app.id));
  const found = state.drafts.found.filter(isLeft);
  const known = { ...state.drafts, isClaiming: false, found };
  const staged = { ...state, staging: withDrafts(state, drafts), drafts: known, told: [] };
  const settled = drafts.reduce<EditorState>((next, draft) => takeIn(next, state, draft), staged);
  const unsure = drafts.filter(({ app }) => wantsReading(settled.staging.apps.get(app.id)));
  const others = bringable(settled).length;
  const shown = others > 0 ? settled : leaveDrafts(settled);
  // What the message tells to do on an app is done on the one under the cursor.
  const back = drafts.flatMap(({ app }) => shown.staging.apps.get(app.id)?.app ?? []);
  const listed = drafts.flatMap(({ app }) => findApp(shown.list, app.id) ?? []);
  const first = back[0] ?? listed[0];
  const list = first === undefined ? shown.list : reveal(shown.list, first, shown.staging);
  // Those of which nothing is left were never staged here, so that nothing else removes them from the disk.
  const gone = drafts.filter(({ app }) => !shown.staging.apps.has(app.id));
  const effects = [
    ...gone.map(({ app }): Effect => ({ kind: "saveDraft", appId: app.id, draft: undefined })),
    ...unsure.map(({ app }) => refreshEffect(shown, app.id)),
  ];
  // What reading has told of a single one has its name and its version.
  if (drafts.length === 1 && keys.length === 1 && settled.notice !== staged.notice) {
    return transition({ ...shown, list }, ...effects);
  }
  const left = shown.drafts.left - state.drafts.left;
  const open = countOpen(settled.staging);
  const claimed = { wanted: keys.length, reason, left, others, open, ...countOf(drafts, settled) };
  return transition(sayWhole({ ...shown, list }, claimedText(claimed)), ...effects);
}

/** The editor with what is known of the app of a draft; `before` still has what was found, and what it meets. */
function takeIn(state: EditorState, before: EditorState, draft: Draft): EditorState {
  const { app, pending } = draft;
  const latest = latestOf(before, app.id);
  if (latest === undefined) return state;
  const moment = { eventCount: state.eventCount, now: latest.readAt };
  const record = recordOf(before, app.id, sentBy(draft));
  if (record !== undefined) return takeReading(state, latest.app, moment, { record });
  if (pending !== undefined) {
    return isSettled(before, draft) ? takeReading(state, latest.app, moment, {}) : state;
  }
  // The log is asked first what became of what was sent.
  if (isAsRead(app, latest.app) || draft.overtaken !== undefined) return state;
  const list = before.drafts.readings.has(app.id) ? replaceApp(state.list, latest.app, moment) : state.list;
  return moveEdits({ ...state, list }, latest.app);
}

/** Whether it is certain what became of a draft that was sent: it can change no more. */
function isSettled(before: EditorState, { app }: Draft): boolean {
  const found = before.drafts.found.find(({ draft }) => draft.app.id === app.id);
  const status = found && statusOf(before, found);
  return status?.kind === "sent" && ["applied", "valuesThere", "overtaken"].includes(status.found.kind);
}

/** Whether it is not certain what became of what was sent. */
function wantsReading(staged: StagedApp | undefined): boolean {
  return staged !== undefined && sentBy(staged) !== undefined;
}

function countOf(
  drafts: readonly Draft[],
  { staging, told }: EditorState,
): Omit<Claimed, "wanted" | "reason" | "left" | "others" | "open"> {
  const stagedOf = ({ app }: Draft): StagedApp | undefined => staging.apps.get(app.id);
  const count = (holds: (draft: Draft) => boolean): number => drafts.filter(holds).length;
  return {
    staged: count((draft) => stagedOf(draft) !== undefined),
    applied: count((draft) => stagedOf(draft) === undefined && sentBy(draft) !== undefined),
    valuesThere: told.filter(({ news }) => news === "valuesThere" || news === "valuesTherePartly").length,
    changedSince: told.filter(({ news }) => news === "changedSince" || news === "changedSincePartly").length,
    thereAlready: count((draft) => stagedOf(draft) === undefined && sentBy(draft) === undefined),
    partly: count((draft) => {
      const staged = stagedOf(draft);
      return staged !== undefined && countCounters(staged) < countCounters(draft);
    }),
    moved: count((draft) => {
      const staged = stagedOf(draft);
      return staged !== undefined && !isAsRead(draft.app, staged.app);
    }),
    toRead: count((draft) => wantsReading(stagedOf(draft))),
  };
}
