import type { ListedApp } from "@install-summary/core/client";
import {
  addPage,
  currentApp,
  findApp,
  finishLoading,
  isPageOutdated,
  isReadingOutdated,
  replaceApp,
  startLoading,
  stopLoading,
} from "../model/app-list.ts";
import { describeCounter } from "../model/counter-grid.ts";
import { editedCounters } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { Effect } from "../model/effect.ts";
import type { Happening } from "../model/event.ts";
import type { Failure } from "../../server/failure.ts";
import { linkAfter } from "../model/link.ts";
import { appIdentity } from "../../words/app-identity.ts";
import { outcome, say, type Outcome } from "../model/outcome.ts";
import { moveBase } from "../model/staging.ts";
import { openItem } from "./advance-sending.ts";
import { judgePending, withResult, type Judgement } from "./judge-pending.ts";
import { failureText } from "../../words/failure-text.ts";
import { versionText } from "../../words/version-text.ts";

/** A page of the list has come. Pages of a reading that was given up change nothing. */
export function pageLoaded(
  state: EditorState,
  { generation, apps, count }: Extract<Happening, { readonly kind: "pageLoaded" }>,
): EditorState {
  if (state.list.loading?.generation !== generation) return state;
  // What was asked for before the newest that is known of an app, or while its change is on its way, changes nothing.
  const isOld = ({ id }: ListedApp): boolean =>
    isPageOutdated(state.list, id) || openItem(state, id) !== undefined;
  const newest = apps.map((app) => (isOld(app) ? (findApp(state.list, app.id) ?? app) : app));
  const list = addPage(state.list, newest, count, state.staging, state.eventCount);
  let next: EditorState = { ...state, link: { kind: "online" }, list };
  for (const app of apps) {
    if (state.staging.apps.get(app.id)?.pending === undefined || isOld(app)) continue;
    next = tell(judgePending(next, app), app);
  }
  return stayOnApp(state, next);
}

/** The whole list has come. */
export function listLoaded(state: EditorState, generation: number): EditorState {
  if (state.list.loading?.generation !== generation) return state;
  const list = finishLoading(state.list, state.staging);
  const loaded = stayOnApp(state, { ...state, link: { kind: "online" }, list });
  // What it told about a change that was sent is more than that it was read.
  const isNews = state.notice !== undefined && state.notice.text !== readingAgain;
  return state.list.complete && !isNews ? say(loaded, "The list was read again.") : loaded;
}

/** Never puts the person before the counters of another app. */
function stayOnApp(before: EditorState, after: EditorState): EditorState {
  const isInside = after.screen.name === "counters" || after.screen.name === "entry";
  const isSame = currentApp(before.list)?.id === currentApp(after.list)?.id;
  if (!isInside || isSame) return after;
  return say({ ...after, screen: { name: "list" } }, "The app is no longer in the list.", "wrong");
}

/** Reading the list has failed. */
export function listFailed(state: EditorState, generation: number, failure: Failure): EditorState {
  if (state.list.loading?.generation !== generation) return state;
  return { ...state, link: linkAfter(state.link, failure, state.now), list: stopLoading(state.list) };
}

/** Reads the list again where that is due. */
export function retryList(state: EditorState): Outcome {
  const { link } = state;
  if (link.kind !== "waiting" || link.until === undefined || link.until > state.now) return outcome(state);
  const list = startLoading(state.list, state.eventCount);
  const trying: EditorState = { ...state, list, link: { ...link, until: undefined } };
  return outcome(trying, { kind: "loadPages", generation: list.generation });
}

/** What the message line says while an app, or the list, is read again. */
export const readingAgain = "Reading again …";

/** Reads an app again for the person. */
export function readAgainEffect({ eventCount }: EditorState, appId: string): Effect {
  return { kind: "readApp", purpose: "refresh", appId, askedAt: eventCount };
}

/**
 * The person has read an app again. What may be older than what is known is read once more. A change of the app that is
 * pending is judged first; then its staged edits are based on what was read.
 */
export function appRefreshed(state: EditorState, app: ListedApp, askedAt: number): Outcome {
  if (openItem(state, app.id) !== undefined) return outcome(state);
  if (!isReadingOutdated(state.list, app.id, askedAt)) return outcome(refresh(state, app));
  return outcome(state, readAgainEffect(state, app.id));
}

function refresh(state: EditorState, app: ListedApp): EditorState {
  const judgement = judgePending(state, app);
  const { verdict } = judgement;
  const before = state.staging.apps.get(app.id)?.app ?? findApp(state.list, app.id);
  const judged = { ...judgement.state, list: replaceApp(judgement.state.list, app, state.eventCount) };
  if (verdict === "applied" || verdict === "notApplied" || verdict === "thereAlready")
    return tell({ ...judgement, state: judged }, app);
  const moved = { ...judged, staging: moveBase(judged.staging, app) };
  const next = withResult(moved, app.id, { kind: "readAgain", etag: app.etag });
  if (verdict === "overtaken") return tell({ ...judgement, state: next }, app);
  return say(next, whatChanged(before, app, next.staging.apps.has(app.id)));
}

/** Says what reading an app has told about its pending change. */
function tell({ state, verdict }: Judgement, app: ListedApp): EditorState {
  const version = versionText(app.etag);
  const name = appIdentity(app);
  // The name comes last: a plain message is one line, and cut at its end.
  if (verdict === "applied") {
    return say(state, `Applied: ${version} has your change. c copies the undo command. (${name})`);
  }
  if (verdict === "thereAlready") {
    return say(state, `The values are there already, as ${version}: nothing is left to send. (${name})`);
  }
  if (verdict === "notApplied") {
    return say(state, `Not applied so far: ${version} is unchanged. s sends the same again. (${name})`);
  }
  if (verdict === "overtaken") {
    const text = `${name} is ${version} now. Your change may have been applied before that; it is kept as the values that were sent.`;
    return say(state, text, "wrong");
  }
  return state;
}

function whatChanged(before: ListedApp | undefined, app: ListedApp, isStaged: boolean): string {
  const changed = editedCounters(app.installSummary).filter(
    (name) => before !== undefined && before.installSummary[name] !== app.installSummary[name],
  );
  const [first] = changed;
  if (first === undefined) return `Read again: ${versionText(app.etag)}, unchanged.`;
  const label = describeCounter(first).label.toLowerCase();
  const more = changed.length > 1 ? ` and ${changed.length - 1} more` : "";
  const kept = isStaged ? " Your edits are kept." : "";
  return `Read again: ${versionText(app.etag)}; ${label}${more} changed.${kept}`;
}

/** Reading an app for the person has failed; nothing else changes. */
export function refreshFailed(state: EditorState, failure: Failure): EditorState {
  return say(state, `Not read again. ${failureText(failure, "app")}`, "wrong");
}
