import type { ListedApp } from "@install-summary/core/client";
import { replaceApp } from "../model/app-list.ts";
import type { EditorState } from "../model/editor-state.ts";
import { isBusy, isUncertain, type Failure } from "../../server/failure.ts";
import { mostTries, waitSeconds } from "../model/link.ts";
import { outcome, type Outcome } from "../model/outcome.ts";
import { requestsOf } from "../model/review.ts";
import { settle } from "../model/sending.ts";
import {
  decide,
  givenUp,
  goOn,
  isStopping,
  openItem,
  stopped,
  withSend,
  type Answered,
} from "./advance-sending.ts";

/** After a lost answer the app is read again after 1, 2, 4 and 8 seconds. */
const mostReadings = 4;

/** Sends what the review shows: one request for each app that is in. */
export function startSending(state: EditorState): Outcome {
  const items = requestsOf(state.staging).map((request) => ({
    ...request,
    status: { kind: "queued" } as const,
  }));
  return goOn({
    ...state,
    screen: { name: "sending", send: { items, startedAt: state.now, stopping: false } },
  });
}

/** Starts nothing new; what is on its way is still waited for, what only waits is not. */
export function stopSending(state: EditorState): Outcome {
  if (state.screen.name !== "sending") return outcome(state);
  const { send } = state.screen;
  return goOn(withSend(state, { ...send, stopping: true, items: send.items.map(stopped) }));
}

/** The server has acknowledged the changes of an app. */
export function acknowledged(state: EditorState, appId: string, answer: Answered): Outcome {
  return decide(state, appId, { kind: "sent", summary: answer.summary, etag: answer.etag, how: "answered" });
}

/** Sending an app's changes has not succeeded: what this means depends on why. */
export function sendFailed(state: EditorState, appId: string, failure: Failure): Outcome {
  const item = openItem(state, appId);
  if (item === undefined || item.status.kind !== "running") return outcome(state);
  if (failure.kind === "answer" && failure.status === 412) {
    return decide(state, appId, { kind: "settling", why: "changed", tries: 1, until: state.now, failure });
  }
  if (isUncertain(failure)) {
    const until = state.now + readingDelay(1);
    return decide(state, appId, { kind: "settling", why: "noAnswer", tries: 1, until, failure });
  }
  const { tries } = item.status;
  if (isBusy(failure) && tries < mostTries && !isStopping(state)) {
    const until = state.now + waitSeconds(failure, tries) * 1000;
    return decide(state, appId, { kind: "waiting", tries, until, failure });
  }
  return decide(state, appId, { kind: "refused", failure });
}

/** An app whose fate was unknown has been read: that decides it. */
export function settledBy(state: EditorState, current: ListedApp): Outcome {
  const item = openItem(state, current.id);
  const read = { ...state, list: replaceApp(state.list, current) };
  return item?.status.kind === "settling" ? decide(read, current.id, settle(item, current)) : outcome(read);
}

/** Reading an app whose fate is unknown has failed: again, later, but not for ever. */
export function settlingFailed(state: EditorState, appId: string, failure: Failure): Outcome {
  const status = openItem(state, appId)?.status;
  if (status?.kind !== "settling") return outcome(state);
  if (status.tries < mostReadings && !isStopping(state)) {
    const tries = status.tries + 1;
    return decide(state, appId, { ...status, tries, until: state.now + readingDelay(tries), failure });
  }
  return decide(state, appId, givenUp(status));
}

function readingDelay(tries: number): number {
  return 2 ** (tries - 1) * 1000;
}
