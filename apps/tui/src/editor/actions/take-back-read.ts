import type { Failure } from "../../server/failure.ts";
import { failureText } from "../../words/failure-text.ts";
import { versionText } from "../../words/version-text.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { AppRead } from "../model/event.ts";
import { isReadingOutdated } from "../model/list-loading.ts";
import type { MadeChange } from "../model/made-change.ts";
import { isPending } from "../model/shown-app.ts";
import { say, sayDuring, transition, type Transition } from "../model/transition.ts";
import { unreadVersion } from "../model/unread-version.ts";
import { newerRead } from "./live-changes.ts";
import { readAppEffect } from "./read-app.ts";
import { takeBackChange } from "./take-back-change.ts";

/** Stages what takes a change back. Where the log has a newer version of its app than was read, that is read first. */
export function takeBackAsRead(state: EditorState, change: MadeChange): Transition {
  const { appId } = change;
  if (isPending(state, appId) || unreadVersion(state, appId) === undefined)
    return takeBackChange(state, change);
  const reading = sayDuring({ ...state, takingBack: change }, "reading", "Reading the app first …");
  return transition(reading, readAppEffect(state, "takeBack", appId));
}

/** The app of a change that is to be taken back has come: what was read decides, unless the person has gone on meanwhile. */
export function readToTakeBack(state: EditorState, event: AppRead): Transition {
  const { app, askedAt } = event;
  if (isReadingOutdated(state.list, app.id, askedAt))
    return transition(state, readAppEffect(state, "takeBack", app.id));
  const { state: read, effects } = newerRead(state, event);
  const { takingBack } = read;
  if (takingBack?.appId !== app.id) return transition(read, ...effects);
  const next: EditorState = { ...read, takingBack: undefined };
  const unread = unreadVersion(next, app.id);
  if (unread !== undefined) {
    const text = `Nothing staged: the log has version ${unread}, and the server responded with ${versionText(app.etag)}. u reads it again.`;
    return transition(say(next, text, "wrong"), ...effects);
  }
  const taken = takeBackChange(next, takingBack);
  return transition(taken.state, ...effects, ...taken.effects);
}

/** Reading the app of a change that is to be taken back has failed: nothing is known, and nothing is staged. */
export function readToTakeBackFailed(state: EditorState, appId: string, failure: Failure): EditorState {
  if (state.takingBack?.appId !== appId) return state;
  const text = `Nothing staged: the app could not be read. ${failureText(failure, "app")} u tries again.`;
  return say({ ...state, takingBack: undefined }, text, "wrong");
}
