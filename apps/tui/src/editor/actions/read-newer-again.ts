import type { Failure } from "../../server/failure.ts";
import type { EditorState } from "../model/editor-state.ts";
import { linkAfter } from "../model/link.ts";
import { noteUnread } from "../model/live.ts";
import { transition, type Transition } from "../model/transition.ts";
import { isDisturbed } from "./live-changes.ts";
import { readAppEffect } from "./read-app.ts";

/** Reading a newer version has failed. The person has not asked for it: it is tried again as the list is, and not told. */
export function newerFailed(state: EditorState, appId: string, failure: Failure): EditorState {
  const link = linkAfter(state.live.unread.get(appId) ?? { kind: "online" }, failure, state.uptime);
  // Otherwise the next change, or R, reads it.
  return { ...state, live: noteUnread(state.live, appId, link.kind === "waiting" ? link : undefined) };
}

/** Reads the newer versions again that are due, where that disturbs nothing. */
export function readNewerAgain(state: EditorState): Transition {
  const due = [...state.live.unread].filter(
    ([appId, { until }]) => until !== undefined && until <= state.uptime && !isDisturbed(state, appId),
  );
  const live = due.reduce(
    (before, [appId, waiting]) => noteUnread(before, appId, { ...waiting, until: undefined }),
    state.live,
  );
  return transition({ ...state, live }, ...due.map(([appId]) => readAppEffect(state, "newer", appId)));
}
