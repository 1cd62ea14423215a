import { isReadingChangers } from "../actions/read-changers.ts";
import { isReadingDrafts } from "../actions/read-drafts.ts";
import { isReadingForPerson } from "../model/asked.ts";
import type { EditorState } from "../model/editor-state.ts";

/** Whether nothing that a line asked for is on its way, so that the next one can be taken. */
export function isSettled(state: EditorState, soughtDrafts: boolean): boolean {
  const { list, link, screen, history, drafts } = state;
  const isFirst = list.loading !== undefined && !list.complete && link.kind !== "waiting";
  const isSeeking = drafts.wereSought && !soughtDrafts;
  const isReading = isReadingForPerson(state) || isReadingDrafts(state) || isReadingChangers(state);
  const isHistory = screen.name === "history" && history?.reading.kind === "running";
  return (
    !isFirst && !isSeeking && !isReading && !isHistory && !drafts.isClaiming && screen.name !== "sending"
  );
}
