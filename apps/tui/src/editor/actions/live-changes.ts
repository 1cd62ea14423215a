import { applyPatch, formatETag } from "@install-summary/core";
import type { ListedChange } from "@install-summary/core/client";
import { parseETagVersion } from "@install-summary/core/text";
import { isAsRead } from "../../changes/as-read.ts";
import type { Followed } from "../../changes/follow-changes.ts";
import { findApp, timeOfReading } from "../model/app-list.ts";
import { carryEdits, editedCounters } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { AppRead } from "../model/event.ts";
import type { LogAnswer } from "../model/log-answer.ts";
import { addNewest } from "../model/history.ts";
import { isReadingOutdated, replaceApp, replaceApps, startLoading } from "../model/list-loading.ts";
import {
  isOlder,
  noteBehind,
  noteReadLater,
  noteUnlisted,
  noteUnread,
  type LiveLink,
  type NewerVersion,
} from "../model/live.ts";
import { metBy, moveBase } from "../model/settle-staged.ts";
import { addToTrends } from "../model/trends.ts";
import { isTyped } from "../model/typed-app.ts";
import { transition, say, type Transition } from "../model/transition.ts";
import { openItem } from "./advance-sending.ts";
import { judgePending, wantsRecord } from "./judge-pending.ts";
import { tell } from "./read-again.ts";
import { readNewer } from "./read-newer.ts";
import { readHistoryOver } from "./read-history.ts";
import { beginTelling } from "./tell-readings.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** More changes than these come of an import: then they are not taken in app by app. */
const maxAtOnce = 100;

/** What following the change log tells. */
export function followed(state: EditorState, event: Followed): Transition {
  switch (event.kind) {
    case "changes":
      return transition(changesSeen(state, event));
    case "link":
      return transition(linkChanged(state, event.link));
    case "gap":
      return changesMissed(state);
  }
}

/** Changes were made, oldest first. Those with `areNew` were made since following began, and are told. */
function changesSeen(
  state: EditorState,
  { changes, areNew }: { readonly changes: readonly ListedChange[]; readonly areNew: boolean },
): EditorState {
  const noted = note(state, changes);
  // What is edited is to be known at once, also while a long list is read.
  const isEdited = ({ appId }: ListedChange): boolean => state.staging.apps.has(appId);
  const seen =
    changes.length > maxAtOnce
      ? takeChanges(noteNewer(noted, changes), changes.filter(isEdited))
      : takeChanges(noted, changes);
  if (!areNew) return seen;
  const live = noteUnlisted(seen.live, changes, seen.list, state.eventCount);
  const latest = changes.findLast((change) => !isOwn(state, change)) ?? live.latest;
  return { ...seen, live: { ...live, latest } };
}

function isOwn({ sessionId }: EditorState, { clientRequestId }: ListedChange): boolean {
  return clientRequestId?.startsWith(sessionId.slice(0, -12)) === true;
}

/** Whether changes are seen as they are made has changed. */
function linkChanged(state: EditorState, link: "live" | "lost" | "missing"): EditorState {
  const { live, now } = state;
  if (link === "missing") return { ...state, hasChangeLog: false, live: { ...live, link: { kind: "off" } } };
  if (link === "live") {
    // What could not be read may be there again.
    const trends = new Map([...state.trends].filter(([, trend]) => trend.kind !== "failed"));
    return { ...state, hasChangeLog: true, trends, live: { ...live, link: { kind: "live" } } };
  }
  const lost: LiveLink = live.link.kind === "lost" ? live.link : { kind: "lost", since: now };
  return { ...state, live: { ...live, link: lost } };
}

/**
 * Changes were missed that the log no longer holds: the list is read again, and what was made of the log is forgotten. A
 * history would have a hole.
 */
function changesMissed(state: EditorState): Transition {
  const text = "Changes were missed that the log no longer has: the list is read again.";
  const list = readListAgain({ ...state, trends: new Map() }, text);
  const history = readHistoryOver(list.state);
  return transition(history.state, ...list.effects, ...history.effects);
}

function readListAgain(state: EditorState, text: string): Transition {
  const list = startLoading(state.list, state);
  return transition(say({ ...beginTelling(state), list }, text), {
    kind: "loadPages",
    generation: list.generation,
  });
}

/** An app has come of which a newer version was known to be there. */
export function newerRead(before: EditorState, { app, askedAt, ...answer }: AppRead): Transition {
  const state = { ...before, live: noteUnread(before.live, app.id, undefined) };
  const known = findApp(state.list, app.id);
  if (known === undefined || (isAsRead(known, app) && answer.record === undefined)) return transition(state);
  if (isDisturbed(state, app.id)) return transition({ ...state, live: noteReadLater(state.live, app) });
  if (isReadingOutdated(state.list, app.id, askedAt)) return readNewer(state, [app.id]);
  return transition(takeNewer(state, app, answer));
}

/** More apps than these are not read one by one. */
const maxBehind = 20;

/**
 * Reads the apps of which newer versions are known to be there, where that disturbs nothing. While the list is read its
 * pages may bring them.
 */
export function readBehind(state: EditorState): Transition {
  const { live, list, screen } = state;
  if (live.behind.size === 0 || screen.name === "entry") return transition(state);
  if (list.loading !== undefined) return readEditedBehind(state);
  const left = new Map<string, NewerVersion>();
  const due: string[] = [];
  for (const app of list.apps) {
    const newer = live.behind.get(app.id);
    if (newer === undefined || !isOlder(app, newer)) continue;
    if (isDisturbed(state, app.id) || live.reading.has(app.id)) left.set(app.id, newer);
    else due.push(app.id);
  }
  const next = { ...state, live: { ...live, behind: left } };
  if (due.length <= maxBehind) return readNewer(next, due);
  const again = readListAgain(next, "Many apps were changed: the list is read again.");
  const edited = due.filter((appId) => state.staging.apps.has(appId)).slice(0, maxBehind);
  const alone = readNewer(again.state, edited);
  return transition(alone.state, ...again.effects, ...alone.effects);
}

/** Reads those of which something is staged: a page of a long list may take its time, or have been read before the change. */
function readEditedBehind(state: EditorState): Transition {
  const { live, list, staging } = state;
  const edited = [...staging.apps.keys()].filter((id) => {
    const newer = live.behind.get(id);
    if (newer === undefined || isDisturbed(state, id) || live.reading.has(id)) return false;
    const app = findApp(list, id);
    return app !== undefined && isOlder(app, newer);
  });
  return edited.length === 0 ? transition(state) : readNewer(state, edited.slice(0, maxBehind));
}

/** Notes that newer versions of apps are there, to be read as soon as that disturbs nothing. */
function noteNewer(state: EditorState, versions: Parameters<typeof noteBehind>[1]): EditorState {
  return { ...state, live: noteBehind(state.live, versions) };
}

/** What shows the log shows the changes. */
function note(state: EditorState, changes: readonly ListedChange[]): EditorState {
  const history = state.history && addNewest(state.history, changes);
  return { ...state, history, trends: changes.reduce(addToTrends, state.trends) };
}

/** What the log tells, the latest first, is taken in whenever it is read: it may be newer than what was read of the apps. */
export function logRead(state: EditorState, changes: readonly ListedChange[]): EditorState {
  return takeChanges(state, changes.toReversed());
}

/**
 * The next version of an app is made of the change itself; after a gap the app is read, and so it is where its ETag names no
 * version. No row moves. However many changes come at once, a long list is looked through once.
 */
function takeChanges(state: EditorState, changes: readonly ListedChange[]): EditorState {
  const ids = new Set(changes.map(({ appId }) => appId));
  const known = new Map<string, KnownApp>();
  for (const app of state.list.apps) if (ids.has(app.id)) known.set(app.id, app);
  const replaced = new Map<string, KnownApp>();
  let next = state;
  for (const change of changes) {
    const app = known.get(change.appId);
    // The page that it is on may have been read before the change.
    if (app === undefined) {
      if (state.list.loading !== undefined) next = noteNewer(next, [change]);
      continue;
    }
    const version = parseETagVersion(app.etag);
    if (change.version <= (version ?? next.live.newest.get(app.id) ?? 0)) continue;
    if (version === undefined) {
      next = noteNewer(next, [change]);
      continue;
    }
    const isOpen = wantsRecord(next, app.id, change.version);
    if (change.version > version + 1 || isDisturbed(next, app.id) || isOpen) {
      next = noteNewer(next, [change]);
      continue;
    }
    const installSummary = applyPatch(app.installSummary, change.after);
    const newer = { ...app, installSummary, etag: formatETag(change.version) };
    known.set(app.id, newer);
    // Only where something of the app is staged is there more to be done.
    if (next.staging.apps.has(app.id)) next = takeNewer(next, newer);
    else replaced.set(app.id, newer);
  }
  return { ...next, list: replaceApps(next.list, replaced, next) };
}

/**
 * A newer version of an app is there. What was sent is judged first, as by any reading. Then edits move onto it where
 * others have left their counters alone, but never while the review shows what would be sent: there they are marked.
 */
function takeNewer(state: EditorState, app: KnownApp, answer?: LogAnswer): EditorState {
  const judgement = judgePending(state, app, answer);
  const judged = { ...judgement.state, list: replaceApp(judgement.state.list, app, state) };
  const { verdict } = judgement;
  const isOpen = verdict === "notApplied" || verdict === "overtaken" || verdict === "unknown";
  const next = isOpen ? judged : moveFree(judged, app);
  return verdict === "none" ? next : tell({ ...judgement, state: beginTelling(next) }, app);
}

/**
 * Moves edits onto a newer version where others have left their counters alone, and nothing shows what would be sent. An edit
 * that others have made too stays: they may take theirs back.
 */
function moveFree(state: EditorState, app: KnownApp): EditorState {
  const staged = state.staging.apps.get(app.id);
  if (staged === undefined || !isBrowsing(state)) return state;
  const { contested } = carryEdits(staged.edits, staged.app.installSummary, app.installSummary);
  if (editedCounters(contested).length > 0 || metBy(app, staged).length > 0) return state;
  return { ...state, staging: moveBase(state.staging, app, timeOfReading(state.list, app.id)) };
}

/** Whether an app must not change now: a request of its own will tell, or a number is being typed against its values. */
export function isDisturbed(state: EditorState, appId: string): boolean {
  return isTyped(state, appId) || openItem(state, appId) !== undefined;
}

function isBrowsing({ screen, question }: EditorState): boolean {
  return question === undefined && ["list", "filter", "sort", "counters", "history"].includes(screen.name);
}
