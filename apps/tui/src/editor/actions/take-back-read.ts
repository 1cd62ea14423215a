import type { Failure } from "../../server/failure.ts";
import { failureText } from "../../words/failure-text.ts";
import { formatCount } from "../../words/format-count.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { AppRead } from "../model/event.ts";
import { isReadingOutdated } from "../model/list-loading.ts";
import type { FailedReadings, MadeChange } from "../model/made-change.ts";
import { say, sayDuring, transition, type Transition } from "../model/transition.ts";
import { judgeTakeBack } from "./judge-take-back.ts";
import { newerRead } from "./live-changes.ts";
import { readAppEffect } from "./read-app.ts";
import { takeBackAll } from "./take-back-all.ts";
import { takeBackChange } from "./take-back-change.ts";

/** Stages what takes changes back. Of which apps the log has a newer version than was read, those are read first. */
export function takeBackAsRead(state: EditorState, changes: readonly MadeChange[]): Transition {
  const waiting = changes.flatMap((change) => {
    const verdict = judgeTakeBack(state, change);
    return verdict.leftOut === "unread" ? [change.appId] : [];
  });
  if (waiting.length === 0) return transition(takeBackNow(state, changes));
  const what = waiting.length === 1 ? "the app" : `${formatCount(waiting.length)} apps`;
  const reading = sayDuring(
    { ...state, takingBack: { changes, waiting, failed: new Map() } },
    "reading",
    `Reading ${what} first …`,
  );
  return transition(reading, ...waiting.map((appId) => readAppEffect(state, "takeBack", appId)));
}

/** An app of changes that are to be taken back has come: what was read decides, unless the person has gone on meanwhile. */
export function readToTakeBack(state: EditorState, event: AppRead): Transition {
  const { app, askedAt } = event;
  if (isReadingOutdated(state.list, app.id, askedAt))
    return transition(state, readAppEffect(state, "takeBack", app.id));
  const { state: read, effects } = newerRead(state, event);
  return transition(noLongerWaiting(read, app.id), ...effects);
}

/** Reading an app of changes that are to be taken back has failed: nothing is known of it, and nothing of it is staged. */
export function readToTakeBackFailed(state: EditorState, appId: string, failure: Failure): EditorState {
  const { takingBack } = state;
  if (takingBack?.waiting.includes(appId) !== true) return state;
  if (takingBack.changes.length > 1) {
    const failed = new Map(takingBack.failed).set(appId, failure);
    return noLongerWaiting({ ...state, takingBack: { ...takingBack, failed } }, appId);
  }
  const text = `Nothing staged: the app could not be read. ${failureText(failure, "app")} u tries again.`;
  return say({ ...state, takingBack: undefined }, text, "wrong");
}

/** Takes the changes back once the last app that was waited for has come, or could not be read. */
function noLongerWaiting(state: EditorState, appId: string): EditorState {
  const { takingBack } = state;
  if (takingBack?.waiting.includes(appId) !== true) return state;
  const waiting = takingBack.waiting.filter((id) => id !== appId);
  if (waiting.length > 0) return { ...state, takingBack: { ...takingBack, waiting } };
  return takeBackNow({ ...state, takingBack: undefined }, takingBack.changes, takingBack.failed);
}

function takeBackNow(
  state: EditorState,
  changes: readonly MadeChange[],
  failed?: FailedReadings,
): EditorState {
  const [first, ...others] = changes;
  if (first === undefined) return state;
  return others.length === 0 ? takeBackChange(state, first) : takeBackAll(state, changes, failed);
}
