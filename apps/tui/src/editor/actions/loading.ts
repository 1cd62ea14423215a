import { parseETagVersion } from "@install-summary/core/text";
import type { Failure } from "../../server/failure.ts";
import { currentApp, findApp } from "../model/app-list.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { PageLoaded } from "../model/event.ts";
import { linkAfter } from "../model/link.ts";
import { addPage, finishLoading, isPageOutdated, startLoading, stopLoading } from "../model/list-loading.ts";
import { noteReadLater, withListed } from "../model/live.ts";
import { transition, say, type Transition } from "../model/transition.ts";
import { openItem } from "./advance-sending.ts";
import { judgePending, wantsRecord } from "./judge-pending.ts";
import { refreshEffect } from "./read-app.ts";
import { moveAllEdits, tell } from "./read-again.ts";
import { beginTelling } from "./tell-readings.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** A page of the list has come. Pages of a reading that was given up change nothing. */
export function pageLoaded(state: EditorState, { generation, apps, count }: PageLoaded): Transition {
  const { loading } = state.list;
  if (loading?.generation !== generation) return transition(state);
  // What was asked for before the newest that is known of an app, or while its change is on its way, changes nothing.
  const isOld = ({ id }: KnownApp): boolean =>
    isPageOutdated(state.list, id) || openItem(state, id) !== undefined;
  const isOpen = ({ id, etag }: KnownApp): boolean => wantsRecord(state, id, parseETagVersion(etag));
  const known = ({ id }: KnownApp): KnownApp | undefined =>
    findApp(state.list, id) ?? state.staging.apps.get(id)?.app;
  const newest = apps.map((app) => (isOld(app) || isOpen(app) ? (known(app) ?? app) : app));
  const list = addPage(state.list, newest, count, state.staging, state.eventCount);
  let next: EditorState = { ...state, link: { kind: "online" }, list };
  const alone: string[] = [];
  for (const app of apps) {
    const staged = state.staging.apps.get(app.id);
    if ((staged?.pending ?? staged?.overtaken) === undefined || isOld(app)) continue;
    if (!isOpen(app)) next = tell(judgePending(next, app), app);
    // What the person has asked for is waited for and told; the app under the cursor is read by itself.
    else if (loading.asked !== undefined && app.id !== currentApp(state.list)?.id) alone.push(app.id);
    // So is any other, since a reading alone asks the log too.
    else next = { ...next, live: noteReadLater(next.live, app) };
  }
  return transition(
    stayOnApp(state, next),
    ...alone.map((appId) => refreshEffect(state, appId, loading.asked?.get(appId)?.edits ?? {})),
  );
}

/** The whole list has come. */
export function listLoaded(state: EditorState, generation: number): EditorState {
  const { loading } = state.list;
  if (loading?.generation !== generation) return state;
  const list = finishLoading(state.list, state.staging);
  const live = withListed(state.live, list, loading.since.eventCount);
  const loaded = stayOnApp(state, { ...state, link: { kind: "online" }, list, live });
  // What it told about a change that was sent is more than that it was read.
  const isNews = state.notice !== undefined && state.notice.during === undefined;
  const read = state.list.complete
    ? say(loaded, "The list was read again.")
    : { ...loaded, notice: undefined };
  const told = isNews ? loaded : read;
  return loading.asked === undefined ? told : moveAllEdits(told, loading.asked);
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
  return { ...state, link: linkAfter(state.link, failure, state.uptime), list: stopLoading(state.list) };
}

/** Reads the list again where that is due. */
export function retryList(state: EditorState): Transition {
  const { link } = state;
  if (link.kind !== "waiting" || link.until === undefined || link.until > state.uptime)
    return transition(state);
  const list = startLoading(state.list, state);
  const trying: EditorState = { ...beginTelling(state), list, link: { ...link, until: undefined } };
  return transition(trying, { kind: "loadPages", generation: list.generation });
}
