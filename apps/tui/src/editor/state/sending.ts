import type { ListedApp } from "@install-summary/core/client";
import { findApp, replaceApp } from "./app-list.ts";
import type { Effect } from "./effect.ts";
import type { EditorState } from "./editor-state.ts";
import { isBusy, isUncertain, type Failure } from "./failure.ts";
import { mostTries, waitSeconds } from "./link.ts";
import { outcome, type Outcome } from "./outcome.ts";
import { requestsOf } from "./review.ts";
import { isDecided, settle, withStatus, type Send, type SendItem, type SendStatus } from "./send.ts";
import { settleApp } from "./staging.ts";

/** So many requests are on their way at once, each for another app. */
const atOnce = 4;
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
  return decide(state, appId, { kind: "sent", summary: answer.summary, etag: answer.etag, found: false });
}

/** Sending an app's changes has not succeeded: what this means depends on why. */
export function sendFailed(state: EditorState, appId: string, failure: Failure): Outcome {
  const item = itemOf(state, appId);
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
  const item = itemOf(state, current.id);
  const read = { ...state, list: replaceApp(state.list, current) };
  return item?.status.kind === "settling" ? decide(read, current.id, settle(item, current)) : outcome(read);
}

/** Reading an app whose fate is unknown has failed: again, later, but not for ever. */
export function settlingFailed(state: EditorState, appId: string, failure: Failure): Outcome {
  const status = itemOf(state, appId)?.status;
  if (status?.kind !== "settling") return outcome(state);
  if (status.tries < mostReadings && !isStopping(state)) {
    const tries = status.tries + 1;
    return decide(state, appId, { ...status, tries, until: state.now + readingDelay(tries), failure });
  }
  return decide(state, appId, givenUp(status));
}

/** Does what is due now: starts the next ones, sends again, reads again; shows the results at the end. */
export function goOn(state: EditorState): Outcome {
  if (state.screen.name !== "sending") return outcome(state);
  let { send } = state.screen;
  const effects: Effect[] = [];
  for (const item of send.items) {
    const started = start(item, send, state.now);
    if (started === undefined) continue;
    send = withStatus(send, item.app.id, started.status);
    effects.push(started.effect);
  }
  if (send.items.every(isDecided)) {
    const firstTrouble = send.items.findIndex((item) => item.status.kind !== "sent");
    return outcome(
      { ...state, screen: { name: "results", send, line: Math.max(0, firstTrouble) } },
      ...effects,
    );
  }
  return outcome(withSend(state, send), ...effects);
}

type Answered = Pick<Extract<SendStatus, { readonly kind: "sent" }>, "summary" | "etag">;

function start(
  { app, patch, status }: SendItem,
  send: Send,
  now: number,
): { readonly status: SendStatus; readonly effect: Effect } | undefined {
  const sendPatch = { kind: "sendPatch", appId: app.id, patch, ifMatch: app.etag } as const;
  if (status.kind === "queued" && isFree(send)) {
    return { status: { kind: "running", tries: 1 }, effect: sendPatch };
  }
  if (status.kind === "waiting" && status.until <= now) {
    return { status: { kind: "running", tries: status.tries + 1 }, effect: sendPatch };
  }
  if (status.kind === "settling" && status.until !== undefined && status.until <= now) {
    const readApp = { kind: "readApp", purpose: "settle", appId: app.id } as const;
    return { status: { ...status, until: undefined }, effect: readApp };
  }
  return undefined;
}

/** Whether another request may start: few are on their way, and the server asked for no pause. */
function isFree({ items, stopping }: Send): boolean {
  const busy = items.filter(({ status }) => status.kind === "running" || status.kind === "settling");
  return !stopping && busy.length < atOnce && !items.some(({ status }) => status.kind === "waiting");
}

function decide(state: EditorState, appId: string, status: SendStatus): Outcome {
  if (state.screen.name !== "sending" || itemOf(state, appId) === undefined) return outcome(state);
  const stopsAll = status.kind === "refused" && isAboutMe(status.failure);
  const send = withStatus(state.screen.send, appId, status);
  const next = withSend(state, stopsAll ? { ...send, stopping: true, items: send.items.map(stopped) } : send);
  return goOn(status.kind === "sent" ? takeOver(next, appId, status) : next);
}

/** The changes are the server's now: they are staged no more, and the list shows what it has. */
function takeOver(state: EditorState, appId: string, { summary, etag }: Answered): EditorState {
  const app = findApp(state.list, appId);
  const list =
    app === undefined ? state.list : replaceApp(state.list, { ...app, installSummary: summary, etag });
  return { ...state, list, staging: settleApp(state.staging, appId) };
}

function stopped(item: SendItem): SendItem {
  if (item.status.kind === "queued" || item.status.kind === "waiting") {
    return { ...item, status: { kind: "stopped" } };
  }
  const isPausing = item.status.kind === "settling" && item.status.until !== undefined;
  return isPausing ? { ...item, status: givenUp(item.status) } : item;
}

function givenUp(status: Extract<SendStatus, { readonly kind: "settling" }>): SendStatus {
  return status.why === "changed"
    ? { kind: "conflict", current: undefined }
    : { kind: "unknown", failure: status.failure };
}

/** Whether every other request would be refused for the same reason. */
function isAboutMe(failure: Failure): boolean {
  return failure.kind === "notSent" || (failure.kind === "answer" && [401, 403].includes(failure.status));
}

function readingDelay(tries: number): number {
  return 2 ** (tries - 1) * 1000;
}

function itemOf(state: EditorState, appId: string): SendItem | undefined {
  if (state.screen.name !== "sending") return undefined;
  return state.screen.send.items.find((item) => item.app.id === appId && !isDecided(item));
}

function isStopping(state: EditorState): boolean {
  return state.screen.name === "sending" && state.screen.send.stopping;
}

function withSend(state: EditorState, send: Send): EditorState {
  return { ...state, screen: { name: "sending", send } };
}
