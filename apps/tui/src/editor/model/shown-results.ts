import type { Failure } from "../../server/failure.ts";
import type { EditorState, Screen } from "./editor-state.ts";
import type { SendStatus } from "./send-status.ts";
import { withStatus, type SendItem, type Sending } from "./sending.ts";

/**
 * Shows another status of an app's change wherever that is shown: while others are still being sent, in the results, and in
 * results that are a step back. One that the server has stays as it is: what is staged of its app since then is another change.
 */
export function withResult(
  state: EditorState,
  appId: string,
  status: SendStatus,
  more: Partial<Pick<SendItem, "wasOvertaken">> = {},
): EditorState {
  const screen = updated(state.screen, appId, status, more);
  return { ...state, screen, historyFrom: updated(state.historyFrom, appId, status, more) };
}

/** What sending the change of an app has come to, where that is shown, or is a step back. */
export function resultFailures(state: EditorState, appId: string): readonly Failure[] {
  const below = lowest(state.screen);
  const shown = below.name === "history" ? lowest(state.historyFrom) : below;
  if (!("sending" in shown)) return [];
  const status = statusOf(shown.sending, appId);
  return status !== undefined && "failures" in status ? status.failures : [];
}

function statusOf({ items }: Sending, appId: string): SendStatus | undefined {
  return items.find(({ app }) => app.id === appId)?.status;
}

function updated(
  screen: Screen,
  appId: string,
  status: SendStatus,
  more: Partial<Pick<SendItem, "wasOvertaken">>,
): Screen {
  if ("sending" in screen) {
    const isSent = statusOf(screen.sending, appId)?.kind === "sent";
    return isSent ? screen : { ...screen, sending: withStatus(screen.sending, appId, status, more) };
  }
  return "back" in screen ? { ...screen, back: updated(screen.back, appId, status, more) } : screen;
}

/** The screen that others have been opened over. */
function lowest(screen: Screen): Screen {
  return "back" in screen ? lowest(screen.back) : screen;
}
