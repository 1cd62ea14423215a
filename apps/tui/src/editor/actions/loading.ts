import type { ListedApp } from "@install-summary/core/client";
import {
  addPage,
  currentApp,
  findApp,
  finishLoading,
  replaceApp,
  startLoading,
  stopLoading,
} from "../model/app-list.ts";
import { describeCounter } from "../model/counter-grid.ts";
import { editedCounters } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { Happening } from "../model/event.ts";
import type { Failure } from "../../server/failure.ts";
import { linkAfter } from "../model/link.ts";
import { outcome, say, type Outcome } from "../model/outcome.ts";
import { moveBase } from "../model/staging.ts";
import { failureText } from "../../words/failure-text.ts";
import { versionText } from "../../words/version-text.ts";

/** A page of the list has come. Answers of a reading that was given up change nothing. */
export function pageLoaded(
  state: EditorState,
  { generation, apps, count }: Extract<Happening, { readonly kind: "pageLoaded" }>,
): EditorState {
  if (state.list.loading?.generation !== generation) return state;
  const list = addPage(state.list, apps, count, state.staging);
  return stayOnApp(state, { ...state, link: { kind: "online" }, list });
}

/** The whole list has come. */
export function listLoaded(state: EditorState, generation: number): EditorState {
  if (state.list.loading?.generation !== generation) return state;
  const list = finishLoading(state.list, state.staging);
  const loaded = stayOnApp(state, { ...state, link: { kind: "online" }, list });
  return state.list.complete ? say(loaded, "The list was read again.") : loaded;
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
  const list = startLoading(state.list);
  const trying: EditorState = { ...state, list, link: { ...link, until: undefined } };
  return outcome(trying, { kind: "loadPages", generation: list.generation });
}

/** The person has read an app again: its staged edits are based on what was read from now on. */
export function appRefreshed(state: EditorState, app: ListedApp): EditorState {
  const known = findApp(state.list, app.id);
  const staged = state.staging.apps.get(app.id);
  const next: EditorState = {
    ...state,
    list: replaceApp(state.list, app),
    staging: moveBase(state.staging, app),
  };
  const before = staged?.app ?? known;
  const changed = editedCounters(app.installSummary).filter(
    (name) => before !== undefined && before.installSummary[name] !== app.installSummary[name],
  );
  const [first] = changed;
  if (first === undefined) return say(next, `Read again: ${versionText(app.etag)}, unchanged.`);
  const label = describeCounter(first).label.toLowerCase();
  const more = changed.length > 1 ? ` and ${changed.length - 1} more` : "";
  const kept = staged === undefined ? "" : " Your edits are kept.";
  return say(next, `Read again: ${versionText(app.etag)}; ${label}${more} changed.${kept}`);
}

/** Reading an app for the person has failed; nothing else changes. */
export function refreshFailed(state: EditorState, failure: Failure): EditorState {
  return say(state, `Not read again. ${failureText(failure)}`, "wrong");
}
