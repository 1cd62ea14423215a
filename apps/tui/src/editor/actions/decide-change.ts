import { nextStep, type ChangeStep } from "@install-summary/core";
import type { Failure } from "../../server/failure.ts";
import type { EditorState } from "../model/editor-state.ts";
import { transition, type Transition } from "../model/transition.ts";
import type { SendStatus, UnknownStatus } from "../model/send-status.ts";
import type { Pending, SendItem } from "../model/sending.ts";
import { setPending } from "../model/settle-staged.ts";
import { advance, sendingOf, withSending } from "./advance-sending.ts";
import { readAppEffect } from "./read-app.ts";
import { settle } from "./settle-change.ts";

/** Does what `nextStep` says about an app's change. `unread` is what a look at it has just failed to read. */
export function takeStep(
  state: EditorState,
  item: SendItem,
  wanted: ChangeStep<Failure>,
  unread?: UnknownStatus["unread"],
): Transition {
  const isStopped = wanted.kind !== "done" && sendingOf(state)?.stopping === true;
  const step = isStopped ? nextStep(wanted.state, { kind: "stopped" }) : wanted;
  const appId = item.app.id;
  const { failures } = step.state;
  const known = withPending(state, appId, { failures });
  if (step.kind !== "done") {
    const { kind: does, state: change, wait } = step;
    return decide(known, appId, { kind: "waiting", does, state: change, until: state.uptime + wait });
  }
  const { end } = step;
  switch (end.outcome) {
    case "refused": {
      if (isStopped) return decide(known, appId, stoppedAfter(failures));
      const isConflict = failures.at(-1)?.status === 412;
      return decide(known, appId, { kind: isConflict ? "comparing" : "refused", failures });
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
      return decide(known, appId, { kind: "unknown", failures, unread });
  }
}

/** Gives the change of an app another status, and goes on. */
export function decide(state: EditorState, appId: string, status: SendStatus): Transition {
  if (sendingOf(state) === undefined) return transition(state);
  const next = settle(state, appId, status);
  const stopsAll = status.kind === "refused" && status.failures.slice(-1).some(concernsAll);
  const { state: advanced, effects } = advance(stopsAll ? stopWaiting(next) : next);
  if (status.kind !== "comparing") return transition(advanced, ...effects);
  return transition(advanced, readAppEffect(advanced, "look", appId, status.failures), ...effects);
}

/** Starts nothing new, and waits no longer for what is not on its way. */
export function stopWaiting(state: EditorState): EditorState {
  const sending = sendingOf(state);
  if (sending === undefined) return state;
  let next = withSending(state, { ...sending, stopping: true });
  for (const { app, status } of sending.items) {
    const stopped = stoppedStatus(status, state.staging.apps.get(app.id)?.pending);
    if (stopped !== undefined) next = settle(next, app.id, stopped);
  }
  return next;
}

/** The status of an item that is not waited for any longer; undefined for one that is on its way or decided. */
function stoppedStatus(status: SendStatus, pending: Pending | undefined): SendStatus | undefined {
  if (status.kind === "queued") {
    // A change that was sent earlier, and has not been sent again.
    return pending === undefined
      ? { kind: "stopped", failures: [] }
      : { kind: "unknown", failures: pending.failures, unread: undefined };
  }
  if (status.kind !== "waiting") return undefined;
  const step = nextStep(status.state, { kind: "stopped" });
  const { failures } = step.state;
  const isUnknown = step.kind === "done" && step.end.outcome === "unknown";
  return isUnknown ? { kind: "unknown", failures, unread: undefined } : stoppedAfter(failures);
}

/**
 * A change that was refused each time was not applied, unless one of these was a 412 after which the app was not read: a
 * gateway that sends a change twice may have responded with it.
 */
function stoppedAfter(failures: readonly Failure[]): SendStatus {
  const isTold = failures.some(({ notApplied }) => notApplied === true);
  return isTold || failures.every(({ status }) => status !== 412)
    ? { kind: "stopped", failures }
    : { kind: "unknown", failures, unread: undefined };
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
