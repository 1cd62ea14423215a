import { applyPatch, formatETag } from "@install-summary/core";
import type { ListedApp, ListedChange } from "@install-summary/core/client";
import { parseETagVersion } from "@install-summary/core/text";
import type { Followed } from "../../changes/follow-changes.ts";
import { currentApp, findApp, timeOfReading } from "../model/app-list.ts";
import { carryEdits, editedCounters } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { Effect } from "../model/effect.ts";
import { addNewest } from "../model/history.ts";
import { isReadingOutdated, replaceApp, startLoading } from "../model/list-loading.ts";
import { noteBehind, type LiveLink } from "../model/live.ts";
import { moveBase } from "../model/settle-staged.ts";
import { addToTrends } from "../model/trends.ts";
import { transition, say, type Transition } from "../model/transition.ts";
import { openItem } from "./advance-sending.ts";
import { judgePending } from "./judge-pending.ts";
import { tell } from "./read-again.ts";

/** More changes than these come of an import: then the list is read again instead of app by app. */
const maxAtOnce = 100;

/** What following the change log tells. */
export function followed(state: EditorState, event: Followed): Transition {
  switch (event.kind) {
    case "changes":
      return event.changes.length > maxAtOnce ? manySeen(state) : transition(changesSeen(state, event));
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
  return changes.reduce((before, change) => {
    const seen = takeChange(note(before, change), change);
    const isOwn = change.clientRequestId?.startsWith(state.sessionId.slice(0, -12)) === true;
    return areNew && !isOwn ? { ...seen, live: { ...seen.live, latest: change } } : seen;
  }, state);
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

/** Many apps were changed at once. */
function manySeen(state: EditorState): Transition {
  return readListAgain({ ...state, trends: new Map() }, "Many apps were changed: the list is read again.");
}

/** Changes were missed that the log no longer holds: the list is read again, and what was made of the log is forgotten. */
function changesMissed(state: EditorState): Transition {
  const text = "Changes were missed that the log no longer has: the list is read again.";
  return readListAgain({ ...state, trends: new Map() }, text);
}

function readListAgain(state: EditorState, text: string): Transition {
  const nothingBehind = { ...state, live: { ...state.live, behind: new Map() } };
  const list = startLoading(state.list, state);
  return transition(say({ ...nothingBehind, list }, text), {
    kind: "loadPages",
    generation: list.generation,
  });
}

/** An app has come of which a newer version was known to be there. */
export function newerRead(state: EditorState, app: ListedApp, askedAt: number): Transition {
  const known = findApp(state.list, app.id);
  if (known === undefined || known.etag === app.etag) return transition(state);
  const version = parseETagVersion(app.etag);
  if (isDisturbed(state, app.id))
    return transition(
      version === undefined ? state : { ...state, live: noteBehind(state.live, app.id, version) },
    );
  if (isReadingOutdated(state.list, app.id, askedAt))
    return transition(state, readNewerEffect(state, app.id));
  return transition(takeNewer(state, app));
}

/** More apps than these are not read one by one. */
const maxBehind = 20;

/** Reads the apps of which newer versions are known to be there, where that disturbs nothing. */
export function readBehind(state: EditorState): Transition {
  const { behind } = state.live;
  if (behind.size === 0) return transition(state);
  if (behind.size > maxBehind && state.list.loading === undefined) return manySeen(state);
  const left = new Map(behind);
  const effects: Effect[] = [];
  for (const [appId, version] of behind) {
    const known = parseETagVersion(findApp(state.list, appId)?.etag);
    if (known !== undefined && known < version && isDisturbed(state, appId)) continue;
    left.delete(appId);
    if (known !== undefined && known < version) effects.push(readNewerEffect(state, appId));
  }
  return transition({ ...state, live: { ...state.live, behind: left } }, ...effects);
}

function readNewerEffect({ eventCount }: EditorState, appId: string): Effect {
  return { kind: "readApp", purpose: "newer", appId, askedAt: eventCount };
}

/** What shows the log shows the change. */
function note(state: EditorState, change: ListedChange): EditorState {
  const history = state.history && addNewest(state.history, change);
  return { ...state, history, trends: addToTrends(state.trends, change) };
}

/** The next version of an app is made of the change itself; after a gap the app is read. No row moves. */
function takeChange(state: EditorState, change: ListedChange): EditorState {
  const app = findApp(state.list, change.appId);
  const known = parseETagVersion(app?.etag);
  if (app === undefined || known === undefined || change.version <= known) return state;
  if (change.version > known + 1 || isDisturbed(state, app.id))
    return { ...state, live: noteBehind(state.live, app.id, change.version) };
  const installSummary = applyPatch(app.installSummary, change.after);
  return takeNewer(state, { ...app, installSummary, etag: formatETag(change.version) });
}

/**
 * A newer version of an app is there. What was sent is judged first, as by any reading. Then edits move onto it where
 * others have left their counters alone, but never while the review shows what would be sent: there they are marked.
 */
function takeNewer(state: EditorState, app: ListedApp): EditorState {
  const judgement = judgePending(state, app);
  const judged = { ...judgement.state, list: replaceApp(judgement.state.list, app, state) };
  if (judgement.verdict !== "none") return tell({ ...judgement, state: judged }, app);
  const staged = judged.staging.apps.get(app.id);
  if (staged === undefined || !isBrowsing(judged)) return judged;
  const { contested } = carryEdits(staged.edits, staged.app.installSummary, app.installSummary);
  if (editedCounters(contested).length > 0) return judged;
  return { ...judged, staging: moveBase(judged.staging, app, timeOfReading(judged.list, app.id)) };
}

/** Whether an app must not change now: a request of its own will tell, or a number is being typed against its values. */
function isDisturbed(state: EditorState, appId: string): boolean {
  const isTyped = state.screen.name === "entry" && currentApp(state.list)?.id === appId;
  return isTyped || openItem(state, appId) !== undefined;
}

function isBrowsing({ screen, question }: EditorState): boolean {
  return question === undefined && ["list", "filter", "sort", "counters", "history"].includes(screen.name);
}
