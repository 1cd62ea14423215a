import { counterNames, type InstallSummaryEdit, type InstallSummaryPatch } from "@install-summary/core";
import type { ChangeRecord } from "@install-summary/core/client";
import { parseETagVersion } from "@install-summary/core/text";
import { isAsRead } from "../../changes/as-read.ts";
import { sentBy, type Draft, type FoundDraft, type SentDraft } from "../../changes/drafts/draft.ts";
import type { Failure } from "../../server/failure.ts";
import { findApp, timeOfReading } from "./app-list.ts";
import { editedCounters } from "./edit.ts";
import type { EditorState } from "./editor-state.ts";
import { noResponseBefore } from "./known-failures.ts";
import { toldOf, type Told } from "./log-answer.ts";
import { contestedOn } from "./settle-staged.ts";
import { leftOf } from "./settle-overtaken.ts";
import type { StagedApp, Staging } from "./staging.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** What a draft that was found meets. */
export type DraftStatus =
  /** It was sent, and this is what reading tells of it. */
  | { readonly kind: "sent"; readonly sentAt: number; readonly found: SentFound }
  /** It was made on the version that is there. */
  | { readonly kind: "same" }
  /** Another version is there, or other values under the same. */
  | { readonly kind: "newer"; readonly latest: KnownApp }
  | Unread
  /** There is a newer draft of the app, or it is edited here already: this one stays on disk. */
  | { readonly kind: "older" | "edited" };

/** What reading tells of a draft that was sent. */
export type SentFound = { readonly kind: Told; readonly latest: KnownApp } | Unread;

/** The app is still being read, is there no more, or could not be read, or the log could not. */
export type Unread =
  | { readonly kind: "reading" | "gone" }
  | { readonly kind: "unreadable"; readonly what: "app" | "log"; readonly failure: Failure };

/** An app as it was read last, and when that was, in milliseconds. */
export interface LatestApp {
  readonly app: KnownApp;
  readonly readAt: number;
}

/** What a draft meets that was found. */
export function statusOf(state: EditorState, found: FoundDraft): DraftStatus {
  const { staging, drafts } = state;
  const { app } = found.draft;
  const newest = drafts.found.find((other) => other.draft.app.id === app.id);
  if (staging.apps.has(app.id)) return { kind: "edited" };
  if (newest?.key !== found.key) return { kind: "older" };
  const sent = sentStatus(state, found.draft);
  if (sent !== undefined) return sent;
  const latest = latestOf(state, app.id)?.app;
  if (latest === undefined) return unread(state, app.id);
  return isAsRead(app, latest) ? { kind: "same" } : { kind: "newer", latest };
}

/**
 * The counters of a draft that both sides have changed, each with the value that it had when it was edited: those that were
 * to be decided when the draft was put away, and those that it meets now.
 */
export function contestedIn(state: EditorState, found: FoundDraft): InstallSummaryPatch {
  const status = statusOf(state, found);
  if (status.kind === "older" || status.kind === "edited") return {};
  const staged = stagedLeft(state, found.draft);
  if (staged === undefined) return {};
  return status.kind === "newer" ? contestedOn(staged, status.latest) : staged.contested;
}

/**
 * What a draft meets as one that was sent; undefined where nothing of it was, or where it counts as one that was never sent:
 * the log rules its change out, or what it holds is the person's own by now.
 */
function sentStatus(state: EditorState, draft: Draft): DraftStatus | undefined {
  const { app, overtaken } = draft;
  const sent = sentBy(draft);
  if (sent === undefined) return undefined;
  const record = recordOf(state, app.id, sent);
  const isOwn = sent === overtaken && editedCounters(overtaken.edits).length === 0;
  if (record === "notApplied" || isOwn) return undefined;
  // What was typed since others overtook the change is still to be sent.
  const isAll = stagedLeft(state, draft, "applied") === undefined;
  if (record === "applied" && !isAll) return undefined;
  const found = sentFound(state, app.id, sent, overtaken?.edits ?? draft.edits);
  const isLeft = found.kind === "valuesThere" && !isAll;
  const isOver = sent === overtaken && found.kind === "notApplied";
  return {
    kind: "sent",
    sentAt: sent.sentAt,
    found: isLeft || isOver ? { ...found, kind: "overtaken" } : found,
  };
}

/** The edits that a draft comes back with; where nothing of it is left to send, those that it has. */
export function editsBack(state: EditorState, found: FoundDraft): InstallSummaryEdit {
  const { draft } = found;
  const status = statusOf(state, found);
  const isOvertaken = status.kind === "sent" && status.found.kind === "overtaken";
  // As when it is brought back: an amount that may have been applied would count twice.
  if (isOvertaken && draft.pending !== undefined) return draft.pending.change.patch;
  return stagedLeft(state, draft)?.edits ?? draft.edits;
}

/** What is left of a draft once a log has told, by default what it has; undefined where nothing is. */
function stagedLeft(
  state: EditorState,
  draft: Draft,
  record = recordOf(state, draft.app.id, sentBy(draft)),
): StagedApp | undefined {
  const staged = stagedFrom(state, draft);
  if (record === undefined) return staged;
  // What is sent and not overtaken goes or stays as a whole.
  if (draft.pending !== undefined) return record === "applied" ? undefined : staged;
  return leftOf(staged, record);
}

/** The app of a draft as it was read last, with the list or alone; undefined where that has not come. */
export function latestOf({ list, drafts }: EditorState, appId: string): LatestApp | undefined {
  const reading = drafts.readings.get(appId);
  const listed = findApp(list, appId);
  const read = reading?.kind === "read" ? reading : undefined;
  if (listed === undefined || (read !== undefined && !isNewer(listed, read.app))) return read;
  return { app: listed, readAt: timeOfReading(list, appId) };
}

/** What the log says of a draft of an app that was sent. What it says of another draft of the app tells nothing of it. */
export function recordOf(
  state: EditorState,
  appId: string,
  sent: SentDraft | undefined,
): ChangeRecord | undefined {
  const reading = state.drafts.readings.get(appId);
  const isAbout = sent !== undefined && reading?.request === sent.clientRequestId;
  if (!isAbout || reading.kind !== "read" || reading.record === "mayBeOwn") return undefined;
  return reading.record;
}

/** Where a change may be on its way, only a reading of the app itself is late enough to tell. */
function sentFound(
  state: EditorState,
  appId: string,
  { change, clientRequestId }: SentDraft,
  edits: InstallSummaryEdit,
): SentFound {
  const latest = latestOf(state, appId)?.app;
  const reading = state.drafts.readings.get(appId);
  if (latest === undefined || reading?.kind !== "read" || reading.request !== clientRequestId)
    return unread(state, appId);
  return { kind: toldOf({ change, edits }, latest, reading.record), latest };
}

function unread({ list, drafts }: EditorState, appId: string): Unread {
  const reading = drafts.readings.get(appId);
  if (reading?.kind === "failed") {
    const { what, failure } = reading;
    const isGone = what === "app" && failure.status === 404;
    return isGone ? { kind: "gone" } : { kind: "unreadable", what, failure };
  }
  const isGone = reading === undefined && list.complete && findApp(list, appId) === undefined;
  return { kind: isGone ? "gone" : "reading" };
}

function isNewer(one: KnownApp, other: KnownApp): boolean {
  const [version, earlier] = [parseETagVersion(one.etag), parseETagVersion(other.etag)];
  return version !== undefined && earlier !== undefined && version > earlier;
}

/** The drafts that can be brought back now: one for each app. */
export function bringable(state: EditorState): readonly FoundDraft[] {
  return state.drafts.found.filter((found) => !["older", "edited"].includes(statusOf(state, found).kind));
}

/** The drafts whose apps are still to be read: sent ones first, then those whose apps the list has not brought. */
export function draftsToRead(state: EditorState): readonly Draft[] {
  const { list, drafts } = state;
  const unasked = bringable(state).flatMap(({ draft }) => (isAsked(state, draft) ? [] : [draft]));
  const isMissing = ({ app }: Draft): boolean => !list.complete && findApp(list, app.id) === undefined;
  const others = unasked.filter((draft) => !isSent(draft) && (drafts.readsAll || isMissing(draft)));
  return [...unasked.filter(isSent), ...others];
}

/**
 * Whether a reading tells what a draft meets. One on its way for another draft of the app is waited for, so that each app
 * is read once at a time.
 */
function isAsked({ drafts }: EditorState, draft: Draft): boolean {
  const reading = drafts.readings.get(draft.app.id);
  if (reading === undefined || reading.kind === "running") return reading !== undefined;
  const sent = sentBy(draft);
  return sent === undefined || reading.request === sent.clientRequestId;
}

/** Whether a draft was sent, and no log tells whether that was applied: values alone may be someone else's. */
export function mayBeApplied(state: EditorState, found: FoundDraft): boolean {
  const sent = sentBy(found.draft);
  return sent !== undefined && recordOf(state, found.draft.app.id, sent) === undefined;
}

function isSent(draft: Draft): boolean {
  return sentBy(draft) !== undefined;
}

/** A draft as staged edits. What the draft does not keep of its app, such as its notes, is as the list has it. */
export function stagedFrom({ list }: EditorState, draft: Draft): StagedApp {
  const { installSummary, etag } = draft.app;
  const latest = findApp(list, draft.app.id);
  const app = latest === undefined ? draft.app : { ...latest, installSummary, etag };
  const pending = draft.pending && {
    ...draft.pending,
    failures: [noResponseBefore],
    isRestored: true,
  };
  return { ...draft, app, pending };
}

/** What is staged with these drafts. */
export function withDrafts(state: EditorState, drafts: readonly Draft[]): Staging {
  const apps = new Map(state.staging.apps);
  for (const draft of drafts) apps.set(draft.app.id, stagedFrom(state, draft));
  return { ...state.staging, apps };
}

/** How many counters a draft edits. */
export function countCounters({ edits }: Draft): number {
  return counterNames.filter((name) => edits[name] !== undefined).length;
}
