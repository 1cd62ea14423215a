import { warnings, type CounterName, type PlausibilityWarning } from "@install-summary/core";
import { isAsRead } from "../../changes/as-read.ts";
import type { AppRequest } from "../../words/request-text.ts";
import { findApp } from "./app-list.ts";
import { isOpen } from "./conflicts.ts";
import { editedCounters, editedSummary, patchOf } from "./edit.ts";
import type { EditorState, LineId } from "./editor-state.ts";
import { stageEdits, type StagedApp, type Staging } from "./staging.ts";

/** A line of the review: one counter of an app, or an app that is left out as a whole. */
export interface ReviewLine extends LineId {
  readonly staged: StagedApp;
}

/** The lines of the review, from top to bottom. */
export function reviewLines(staging: Staging): readonly ReviewLine[] {
  return [...staging.apps.values()].flatMap((staged) => {
    const names = editedCounters(staged.edits);
    const shown = staged.leftOut ? names.slice(0, 1) : names;
    return shown.map((counter) => ({ appId: staged.app.id, counter, staged }));
  });
}

/** The line under the cursor; where it is gone, the first one of its app, or the first of all. */
export function currentLine(staging: Staging, line: LineId | undefined): ReviewLine | undefined {
  const lines = reviewLines(staging);
  const ofApp = lines.filter((candidate) => candidate.appId === line?.appId);
  return ofApp.find((candidate) => candidate.counter === line?.counter) ?? ofApp[0] ?? lines[0];
}

type Known = Pick<EditorState, "list" | "staging">;

/** The requests that `y` sends: one for each app that is in and can succeed. */
export function requestsOf(state: Known): readonly AppRequest[] {
  return [...state.staging.apps.values()].filter((staged) => isSendable(state, staged)).map(requestOf);
}

/**
 * Whether `y` sends the change of an app: it is in, it changes a value, no newer version is known that would refuse it, and
 * the person has decided what others have changed too. What an ended editor has sent is read first.
 */
export function isSendable(state: Known, staged: StagedApp): boolean {
  const { leftOut, pending } = staged;
  return (
    !leftOut &&
    !isOpen(staged) &&
    (pending === undefined
      ? !isStale(state, staged) && editedCounters(requestOf(staged).patch).length > 0
      : pending.isRestored !== true)
  );
}

/** The staged apps of which a newer version is known, and those whose change is not certain. */
export function appsToRead(state: Known): readonly StagedApp[] {
  return [...state.staging.apps.values()].filter(
    (staged) => staged.pending !== undefined || isStale(state, staged),
  );
}

/** The request that an app's staged edits make; what was sent and is not certain, exactly as it was sent. */
export function requestOf({ app, edits, pending }: StagedApp): AppRequest {
  return { app, patch: pending?.change.patch ?? patchOf(app.installSummary, edits) };
}

/** A warning, and the counter below whose line it is said. */
export interface LineWarning {
  readonly counter: CounterName;
  readonly warning: PlausibilityWarning;
}

/** What looks implausible about an app's staged edits, but for the totals: the counters' own screen has them. */
export function warningsOf({ app, edits }: StagedApp): readonly LineWarning[] {
  const after = editedSummary(app.installSummary, edits);
  const found = warnings(app.installSummary, after, { off: ["deviceTotalChanged", "userTotalChanged"] });
  const names = editedCounters(edits);
  return found.flatMap((warning) => {
    const counter = warning.counters.find((name) => names.includes(name)) ?? names[0];
    return counter === undefined ? [] : [{ counter, warning }];
  });
}

/** Whether an app is known to be other than what its edits are based on. */
export function isStale({ list }: Pick<EditorState, "list">, { app }: Pick<StagedApp, "app">): boolean {
  const latest = findApp(list, app.id);
  return latest !== undefined && !isAsRead(app, latest);
}

/** The next line that something is odd about, or the previous one; from the end it goes on at the start. */
export function oddLine(staging: Staging, from: ReviewLine, step: 1 | -1): ReviewLine | undefined {
  const lines = reviewLines(staging);
  const at = lines.findIndex((line) => line.appId === from.appId && line.counter === from.counter);
  const turned = lines.map((_, away) => lines[(at + step * (away + 1) + lines.length * 2) % lines.length]);
  return turned.find(
    (line) =>
      line !== undefined &&
      !line.staged.leftOut &&
      (line.staged.contested[line.counter] !== undefined ||
        warningsOf(line.staged).some(({ counter }) => counter === line.counter)),
  );
}

/** Takes one line out of what is staged; a step for undo. The cursor goes to the line that follows. */
export function dropLine(state: EditorState, { appId, counter, staged }: ReviewLine): EditorState {
  const lines = reviewLines(state.staging);
  const at = lines.findIndex((line) => line.appId === appId && line.counter === counter);
  const following = lines[at + 1] ?? lines[at - 1];
  const none = new Map([[counter, undefined]]);
  const staging = stageEdits(state.staging, staged.app, none, staged.readAt);
  const from = state.screen.name === "review" ? state.screen.from : "list";
  if (staging.apps.size === 0) return { ...state, staging, screen: { name: from } };
  return { ...state, staging, screen: { name: "review", from, line: following && lineId(following) } };
}

/** Only what tells a line from the others. */
export function lineId({
  appId,
  counter,
}: {
  readonly appId: string;
  readonly counter: CounterName;
}): LineId {
  return { appId, counter };
}
