import { isReadingChangers } from "../actions/read-changers.ts";
import { isReadingDrafts } from "../actions/read-drafts.ts";
import { isReadingForPerson } from "../model/asked.ts";
import type { EditorState } from "../model/editor-state.ts";
import { maxTries } from "../model/link.ts";

/** What is known beside the editor's state. */
interface Waiting {
  readonly soughtDrafts: boolean;
  /** Whether the lines come from a pipe: a person who waits too long can say so, and what a pipe says would come to nothing. */
  readonly isPipe: boolean;
}

/** Whether nothing that a line asked for is on its way, so that the next one can be taken. */
export function isSettled(state: EditorState, { soughtDrafts, isPipe }: Waiting): boolean {
  const { screen, history, drafts } = state;
  const isSeeking = drafts.wereSought && !soughtDrafts;
  const isReading = isReadingForPerson(state) || isReadingDrafts(state) || isReadingChangers(state);
  const isHistory = screen.name === "history" && history?.reading.kind === "running";
  return (
    !isReadingFirst(state, isPipe) &&
    !isSeeking &&
    !isReading &&
    !isHistory &&
    !drafts.isClaiming &&
    drafts.discarding.length === 0 &&
    screen.name !== "sending"
  );
}

/** Whether the list is read for the first time. A pipe waits for a server that fails or is away, but not without end. */
function isReadingFirst({ list, link }: EditorState, isPipe: boolean): boolean {
  if (list.complete) return false;
  return link.kind === "waiting" ? isPipe && link.tries < maxTries : list.loading !== undefined;
}
