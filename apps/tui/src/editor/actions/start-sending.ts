import type { EditorState } from "../model/editor-state.ts";
import { transition, type Transition } from "../model/transition.ts";
import { requestsOf } from "../model/review.ts";
import type { SendItem } from "../model/sending.ts";
import { advance, sendingOf } from "./advance-sending.ts";
import { stopWaiting } from "./decide-change.ts";

/** Sends what the review shows: one request for each app that is in. */
export function startSending(state: EditorState): Transition {
  const items = requestsOf(state).map((request, index): SendItem => {
    const staged = state.staging.apps.get(request.app.id);
    const clientRequestId = staged?.pending?.clientRequestId ?? changeId(state, index);
    const wasOvertaken = staged?.wasOvertaken === true;
    const sentAt = staged?.pending?.sentAt;
    return { ...request, clientRequestId, wasOvertaken, sentAt, status: { kind: "queued" } };
  });
  const from = state.screen.name === "review" ? state.screen.from : "list";
  const sending = { items, startedAt: state.now, uptime: state.uptime, from, stopping: false } as const;
  const screen = { name: "sending", sending } as const;
  // Results that the history was opened from are older than these.
  const historyFrom = state.historyFrom.name === "results" ? ({ name: "list" } as const) : state.historyFrom;
  return advance({ ...state, historyFrom, changeCount: state.changeCount + items.length, screen });
}

/** Starts nothing new. What is on its way is still waited for, what only waits is not. */
export function stopSending(state: EditorState): Transition {
  return sendingOf(state) === undefined ? transition(state) : advance(stopWaiting(state));
}

/** The `client-request-id` of the next change but `index`: the session's GUID, its last part counting the changes. */
function changeId({ sessionId, changeCount }: EditorState, index: number): string {
  const number = (changeCount + index + 1).toString(16).padStart(12, "0");
  return `${sessionId.slice(0, -12)}${number}`;
}
