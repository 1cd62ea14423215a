import { nextStep, startChange, type ChangeLimits, type ChangeStep } from "@install-summary/core";
import type { Failure } from "../../server/failure.ts";
import { findApp, replaceApp } from "../model/app-list.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { Effect } from "../model/effect.ts";
import { outcome, type Outcome } from "../model/outcome.ts";
import {
  hasChanged,
  isDecided,
  withStatus,
  type Pending,
  type Sending,
  type SendItem,
  type SendStatus,
} from "../model/sending.ts";
import { keepAsSent, setPending, settleApp } from "../model/staging.ts";

/** How many requests are on their way at once, each for another app. */
const maxRequests = 4;

/** A change is sent again while the server is busy, five times in all, and looked for after 1, 2, 4 and 8 seconds. */
const limits: ChangeLimits = {
  sends: 5,
  looks: 4,
  // The person decides whether a change that was not applied is sent again.
  repeats: 0,
  pause: 1000,
  maxWait: Number.MAX_SAFE_INTEGER,
};

/** Starts every request that is due. Shows the results once all changes are decided. */
export function advance(state: EditorState): Outcome {
  if (state.screen.name !== "sending") return outcome(state);
  let next = state;
  const effects: Effect[] = [];
  for (const { app } of state.screen.sending.items) {
    const started = start(next, app.id);
    if (started === undefined) continue;
    next = started.state;
    effects.push(started.effect);
  }
  const sending = sendingOf(next);
  if (sending?.items.every(isDecided) !== true) return outcome(next, ...effects);
  const trouble = sending.items.findIndex(({ status }) => status.kind !== "sent");
  const screen = { name: "results", sending, line: Math.max(0, trouble) } as const;
  return outcome({ ...next, screen }, ...effects);
}

/** Does what `nextStep` says about an app's change. `readFailure` is why a look at it has just failed. */
export function takeStep(
  state: EditorState,
  item: SendItem,
  wanted: ChangeStep<Failure>,
  readFailure?: Failure,
): Outcome {
  const isStopped = wanted.kind !== "done" && sendingOf(state)?.stopping === true;
  const step = isStopped ? nextStep(wanted.state, { kind: "stopped" }) : wanted;
  const appId = item.app.id;
  const { failures } = step.state;
  const known = withPending(state, appId, { failures });
  if (step.kind !== "done") {
    const { kind: does, state: change, wait } = step;
    return decide(known, appId, { kind: "waiting", does, state: change, until: state.now + wait });
  }
  const { end } = step;
  switch (end.outcome) {
    case "refused": {
      const failure = failures.at(-1);
      if (isStopped || failure === undefined) return decide(known, appId, { kind: "stopped" });
      return decide(known, appId, { kind: failure.status === 412 ? "comparing" : "refused", failure });
    }
    case "applied":
      return decide(known, appId, { kind: "sent", ...end.current, how: "found", failures });
    case "notApplied":
      return decide(known, appId, { kind: "notApplied", failures });
    case "overtaken": {
      const { summary, etag } = end.current;
      const current = { ...item.app, installSummary: summary, etag };
      return decide(known, appId, { kind: "overtaken", failures, current });
    }
    case "unknown":
      return decide(known, appId, { kind: "unknown", failures, readFailure });
  }
}

/** Gives the change of an app another status, and goes on. */
export function decide(state: EditorState, appId: string, status: SendStatus): Outcome {
  const sending = sendingOf(state);
  if (sending === undefined) return outcome(state);
  const next = settle(withSending(state, withStatus(sending, appId, status)), appId, status);
  const stopsAll = status.kind === "refused" && concernsAll(status.failure);
  const { state: advanced, effects } = advance(stopsAll ? stopWaiting(next) : next);
  if (status.kind !== "comparing") return outcome(advanced, ...effects);
  const readApp = { kind: "readApp", purpose: "look", appId, askedAt: state.now } as const;
  return outcome(advanced, readApp, ...effects);
}

/** What a status means for what is staged: sent edits go, refused ones are free again, open ones wait. */
export function settle(state: EditorState, appId: string, status: SendStatus): EditorState {
  switch (status.kind) {
    case "sent":
      return takeOver(state, appId, status);
    case "overtaken": {
      const list = replaceApp(state.list, status.current);
      return { ...state, list, staging: keepAsSent(state.staging, appId) };
    }
    case "conflict":
    case "comparing":
    case "refused":
    case "stopped":
      return { ...state, staging: setPending(state.staging, appId, undefined) };
    case "queued":
    case "running":
    case "waiting":
    case "notApplied":
    case "unknown":
    case "readAgain":
      return state;
  }
}

/** Starts nothing new, and waits no longer for what is not on its way. */
export function stopWaiting(state: EditorState): EditorState {
  const sending = sendingOf(state);
  if (sending === undefined) return state;
  let next = withSending(state, { ...sending, stopping: true });
  for (const { app, status } of sending.items) {
    const stopped = stoppedStatus(status, state.staging.apps.get(app.id)?.pending);
    const current = sendingOf(next);
    if (stopped === undefined || current === undefined) continue;
    next = settle(withSending(next, withStatus(current, app.id, stopped)), app.id, stopped);
  }
  return next;
}

/** The sending on the screen. */
export function sendingOf({ screen }: EditorState): Sending | undefined {
  return screen.name === "sending" ? screen.sending : undefined;
}

/** The item of an app whose change is not decided yet. */
export function openItem(state: EditorState, appId: string): SendItem | undefined {
  return sendingOf(state)?.items.find((item) => item.app.id === appId && !isDecided(item));
}

function start(
  state: EditorState,
  appId: string,
): { readonly state: EditorState; readonly effect: Effect } | undefined {
  const sending = sendingOf(state);
  const item = openItem(state, appId);
  if (sending === undefined || item === undefined) return undefined;
  const { app, patch, clientRequestId, status } = item;
  const isDue = status.kind === "waiting" && status.until <= state.now;
  if (!isDue && !(status.kind === "queued" && isFree(sending))) return undefined;
  const does = status.kind === "waiting" ? status.does : "send";
  const change = { patch, etag: app.etag, base: app.installSummary };
  const earlier = state.staging.apps.get(appId)?.pending?.failures ?? [];
  const running = status.kind === "waiting" ? status.state : startChange(change, limits, earlier).state;
  const next = withSending(state, withStatus(sending, appId, { kind: "running", does, state: running }));
  if (does === "look") {
    return { state: next, effect: { kind: "readApp", purpose: "look", appId, askedAt: state.now } };
  }
  const pending = { change, clientRequestId, sentAt: state.now, failures: running.failures };
  return {
    state: { ...next, staging: setPending(next.staging, appId, pending) },
    effect: { kind: "sendPatch", appId, patch, ifMatch: app.etag, clientRequestId },
  };
}

/** Whether another change may start: few requests are on their way, and no server has asked for a pause. */
function isFree({ items, stopping }: Sending): boolean {
  const isPaused = items.some((item) => isWaiting(item, "send"));
  const busy = items.filter((item) => item.status.kind === "running" || isWaiting(item, "look"));
  return !stopping && !isPaused && busy.length < maxRequests;
}

function isWaiting({ status }: SendItem, does: "send" | "look"): boolean {
  return status.kind === "waiting" && status.does === does;
}

/** The server has the values of an app now: they are no longer staged, and the list shows them. */
function takeOver(
  state: EditorState,
  appId: string,
  status: Extract<SendStatus, { readonly kind: "sent" }>,
): EditorState {
  const { summary, etag } = status;
  const known = findApp(state.list, appId);
  const list =
    known === undefined ? state.list : replaceApp(state.list, { ...known, installSummary: summary, etag });
  const change = state.staging.apps.get(appId)?.pending?.change;
  const app = state.staging.apps.get(appId)?.app;
  const isOurs = hasChanged(status) && app !== undefined && change !== undefined;
  const applied = isOurs
    ? new Map(state.applied).set(appId, { app, patch: change.patch, etag })
    : state.applied;
  return { ...state, list, applied, staging: settleApp(state.staging, appId) };
}

/** The status of an item that is not waited for any longer; undefined for one that is on its way or decided. */
function stoppedStatus(status: SendStatus, pending: Pending | undefined): SendStatus | undefined {
  if (status.kind === "queued") {
    // A change that was sent earlier, and has not been sent again.
    return pending === undefined
      ? { kind: "stopped" }
      : { kind: "unknown", failures: pending.failures, readFailure: undefined };
  }
  if (status.kind !== "waiting") return undefined;
  const step = nextStep(status.state, { kind: "stopped" });
  const isUnknown = step.kind === "done" && step.end.outcome === "unknown";
  return isUnknown
    ? { kind: "unknown", failures: status.state.failures, readFailure: undefined }
    : { kind: "stopped" };
}

/** Whether every other change would be refused for the same reason. */
function concernsAll({ kind, status }: Failure): boolean {
  return kind === "notSent" || kind === "unreachable" || status === 401 || status === 403;
}

function withPending(state: EditorState, appId: string, known: Partial<Pending>): EditorState {
  const pending = state.staging.apps.get(appId)?.pending;
  if (pending === undefined) return state;
  return { ...state, staging: setPending(state.staging, appId, { ...pending, ...known }) };
}

function withSending(state: EditorState, sending: Sending): EditorState {
  return { ...state, screen: { name: "sending", sending } };
}
