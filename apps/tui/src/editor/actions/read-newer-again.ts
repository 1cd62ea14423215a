import type { Failure } from "../../server/failure.ts";
import type { EditorState } from "../model/editor-state.ts";
import { linkAfter } from "../model/link.ts";
import { noteUnread, withoutBehind } from "../model/live.ts";
import type { Transition } from "../model/transition.ts";
import { isDisturbed } from "./live-changes.ts";
import { readNewer } from "./read-newer.ts";

/** Reading a newer version has failed. The person has not asked for it: it is tried again as the list is, and not told. */
export function newerFailed(state: EditorState, appId: string, failure: Failure): EditorState {
  const link = linkAfter(state.live.unread.get(appId) ?? { kind: "online" }, failure, state.uptime);
  // Otherwise the next change, or R, reads it.
  if (link.kind !== "waiting") return { ...state, live: noteUnread(state.live, appId, undefined) };
  // What was changed meanwhile is read then too.
  return { ...state, live: noteUnread(withoutBehind(state.live, [appId]), appId, link) };
}

/** Reads the newer versions again that are due, where that disturbs nothing. */
export function readNewerAgain(state: EditorState): Transition {
  const due = [...state.live.unread].filter(
    ([appId, { until }]) =>
      until !== undefined &&
      until <= state.uptime &&
      !state.live.reading.has(appId) &&
      !isDisturbed(state, appId),
  );
  const live = due.reduce(
    (before, [appId, waiting]) => noteUnread(before, appId, { ...waiting, until: undefined }),
    state.live,
  );
  return readNewer(
    { ...state, live },
    due.map(([appId]) => appId),
  );
}
