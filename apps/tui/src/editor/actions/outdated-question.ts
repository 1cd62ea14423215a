import type { EditorState, Question } from "../model/editor-state.ts";
import { requestsOf } from "../model/review.ts";
import { sayWhole } from "../model/transition.ts";
import { asksToQuit } from "./quit.ts";

/**
 * Closes a question whose reason has gone with what has just happened, and says so: a `y` that is about to be pressed would
 * reply to another one.
 */
export function withoutOutdated(before: EditorState, after: EditorState): EditorState {
  const { question } = after;
  const why = question && outdatedText(before, after, question);
  if (why === undefined) return after;
  const closed = { ...after, question: undefined };
  // What the event itself has told is more.
  return after.notice === before.notice ? sayWhole(closed, why) : closed;
}

function outdatedText(before: EditorState, after: EditorState, question: Question): string | undefined {
  switch (question.kind) {
    case "quit":
      if (asksToQuit(after)) return undefined;
      return before.screen.name === "sending"
        ? "Sending has finished. q quits."
        : "Nothing would be lost any more. q quits.";
    case "drop": {
      const [was, is] = [before, after].map(({ staging }) => staging.apps.get(question.appId));
      const isSame = is !== undefined && (was?.pending === undefined) === (is.pending === undefined);
      return isSame ? undefined : "Nothing was dropped: this app has just been read or sent.";
    }
    case "throwAway":
      return after.drafts.found.some(({ key }) => key === question.key)
        ? undefined
        : "No draft was thrown away: this one is gone.";
    case "sendMany":
      return requestsOf(after).length === question.count
        ? undefined
        : "Nothing was sent: some apps have just changed. y asks again.";
    case "copy":
    case "token":
      return undefined;
  }
}
