import type { CounterName, InstallSummaryEdit } from "@install-summary/core";
import type { Failure } from "../../server/failure.ts";
import { failureText } from "../../words/failure-text.ts";
import { currentApp, findApp, timeOfReading, type Moment } from "../model/app-list.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { AppRead } from "../model/event.ts";
import type { LogAnswer } from "../model/log-answer.ts";
import { isReadingOutdated, replaceApp, startLoading } from "../model/list-loading.ts";
import { say, sayDuring, transition, type Transition } from "../model/transition.ts";
import { isSameEdit } from "../model/edit.ts";
import type { StagedApp, Staging } from "../model/staging.ts";
import { appsToRead } from "../model/review.ts";
import { noteReadLater } from "../model/live.ts";
import { isTyped } from "../model/typed-app.ts";
import { metBy, moveBase } from "../model/settle-staged.ts";
import { resultFailures, withResult } from "../model/shown-results.ts";
import { openItem } from "./advance-sending.ts";
import { describeReading, typedSinceReading, verdictReading } from "./describe-reading.ts";
import { refreshEffect } from "./read-app.ts";
import { tellReading } from "./tell-readings.ts";
import { judgePending, type Judgement } from "./judge-pending.ts";
import type { KnownApp } from "../../words/known-app.ts";

/**
 * The person has read an app again. What may be older than what is known is read once more. A change of the app that is
 * pending is judged first; then its staged edits are based on what was read.
 */
export function appRefreshed(state: EditorState, { app, askedAt, edits, ...answer }: AppRead): Transition {
  if (openItem(state, app.id) !== undefined) return transition(state);
  // A reading may close the table under a number that is being typed there: it is read once that is done.
  if (state.screen.name === "conflict" && isTyped(state, app.id))
    return transition({ ...state, live: noteReadLater(state.live, app) });
  if (!isReadingOutdated(state.list, app.id, askedAt))
    return transition(takeReading(state, app, state, answer, edits));
  return transition(state, refreshEffect(state, app.id, edits));
}

/**
 * Takes in an app as it was read at a moment: what was sent is judged, and staged edits move onto it. `asked` are its edits
 * when the person asked to read it: what was typed since is not taken away.
 */
export function takeReading(
  state: EditorState,
  app: KnownApp,
  readAt: Moment,
  answer: LogAnswer,
  asked?: InstallSummaryEdit,
): EditorState {
  const judgement = judgePending(state, app, answer);
  const { verdict } = judgement;
  const judged = { ...judgement.state, list: replaceApp(judgement.state.list, app, readAt) };
  if (verdict === "notApplied" || verdict === "unknown") return tell({ ...judgement, state: judged }, app);
  const staged = judged.staging.apps.get(app.id);
  const isSince = asked !== undefined && wasTypedSince(asked, staged, app);
  // What became of the change stays in the results, whatever was typed after it.
  const isApplied = verdict === "applied" || verdict === "valuesThere" || verdict === "changedSince";
  const move = isApplied ? moveOnto : moveEdits;
  const next = isSince ? judged : move(judged, app);
  const met = staged === undefined || isSince ? [] : metBy(app, staged);
  if (verdict !== "none") return tell({ ...judgement, state: next }, app, met);
  return tellReading(next, isSince ? typedSinceReading(app) : describeReading(state, next, app));
}

/** Whether others have made edits too that were typed since the person asked to read the app, with these edits then. */
function wasTypedSince(asked: InstallSummaryEdit, staged: StagedApp | undefined, app: KnownApp): boolean {
  if (staged === undefined) return false;
  return metBy(app, staged).some((name) => !isSameEdit(asked[name], staged.edits[name]));
}

/**
 * Bases the edits of an app on the version that was read of it. Where nothing of it is staged, what its change came to
 * stays in the results.
 */
export function moveEdits(state: EditorState, app: KnownApp): EditorState {
  if (!state.staging.apps.has(app.id)) return state;
  const moved = moveOnto(state, app);
  const { installSummary: summary, etag } = app;
  const failures = resultFailures(state, app.id);
  const left = moved.staging.apps.get(app.id);
  if (left === undefined)
    return withResult(moved, app.id, { kind: "sent", summary, etag, how: "there already", failures });
  // What may have been applied on an older version may have been, also once its edits are on a newer one.
  const { wasOvertaken } = left;
  return withResult(moved, app.id, { kind: "readAgain", etag, failures }, { wasOvertaken });
}

function moveOnto(state: EditorState, app: KnownApp): EditorState {
  return { ...state, staging: moveBase(state.staging, app, timeOfReading(state.list, app.id)) };
}

/**
 * Bases all staged edits on the newest version that is known, but for those whose change is not certain. `asked` is what was
 * staged when the person asked for that: what was edited since stays where others have made it too, until it is asked again.
 */
export function moveAllEdits(state: EditorState, asked: Staging["apps"]): EditorState {
  const stale = appsToRead(state).filter(
    ({ app, pending }) => pending === undefined && openItem(state, app.id) === undefined,
  );
  // Where both have changed a counter the table of conflicts opens, and says more.
  return stale.reduce((before, staged) => {
    const app = findApp(state.list, staged.app.id);
    if (app === undefined) return before;
    if (wasTypedSince(asked.get(app.id)?.edits ?? {}, staged, app))
      return tellReading(before, typedSinceReading(app));
    const after = moveEdits(before, app);
    return tellReading(after, describeReading(before, after, app));
  }, state);
}

/** Says what reading an app has told about its pending change. */
export function tell(
  { state, verdict, unread }: Judgement,
  app: KnownApp,
  met: readonly CounterName[] = [],
): EditorState {
  const reading = verdictReading(state, { verdict, unread }, app, met);
  return reading === undefined ? state : tellReading(state, reading);
}

/** Reading an app for the person has failed; nothing else changes. */
export function refreshFailed(state: EditorState, appId: string, failure: Failure): EditorState {
  const advice = failure.status === 404 ? ` ${goneAdvice(state, appId)}` : "";
  const why = failureText(failure, "app");
  const app = state.staging.apps.get(appId)?.app ?? findApp(state.list, appId);
  const alone = { text: `Not read again. ${why}${advice}`, tone: "wrong" } as const;
  return app === undefined
    ? say(state, alone.text, alone.tone)
    : tellReading(state, { app, news: "failed", alone, why });
}

/** What a person can do about an app that is gone: the list keeps the one under the cursor, and those with edits. */
function goneAdvice({ staging, screen }: EditorState, appId: string): string {
  if (!staging.apps.has(appId)) return "R on another app takes it off the list.";
  return screen.name === "list" || screen.name === "counters"
    ? "c copies its edits, D drops them."
    : "In the list, c copies its edits and D drops them.";
}

/** Reads again: the app under the cursor, and in the list all apps; staged edits then move to what is found. */
export function readAgain(state: EditorState): Transition {
  const app = currentApp(state.list);
  if (app === undefined && state.list.loading !== undefined) {
    return transition(sayDuring(state, "reading", "The list is being read already."));
  }
  const readApp = app === undefined ? [] : [refreshEffect(state, app.id)];
  const reading = beginReading(state);
  if (state.screen.name !== "list" || state.list.loading !== undefined)
    return transition(reading, ...readApp);
  const list = startLoading(state.list, state, state.staging.apps);
  const loadPages = { kind: "loadPages", generation: list.generation } as const;
  const { sort } = list;
  const isByChange = sort.column === "changed";
  const readRecent = isByChange ? [{ kind: "readRecent", purpose: "refresh", sort } as const] : [];
  return transition({ ...reading, list }, ...readApp, loadPages, ...readRecent);
}

/** Reads several apps again. */
export function readAppsAgain(state: EditorState, appIds: readonly string[]): Transition {
  return transition(beginReading(state), ...appIds.map((appId) => refreshEffect(state, appId)));
}

function beginReading(state: EditorState): EditorState {
  return { ...sayDuring(state, "reading", "Reading again …"), told: [] };
}
