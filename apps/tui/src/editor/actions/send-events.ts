import { isUnconfirmed, judgeOutcome, nextStep, type ReadSummary } from "@install-summary/core";
import { readingOf } from "../../changes/as-read.ts";
import type { Failure } from "../../server/failure.ts";
import { isReadingOutdated, replaceApp } from "../model/list-loading.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { AppRead } from "../model/event.ts";
import { leftOpen, recordTold } from "../model/log-answer.ts";
import { transition, type Transition } from "../model/transition.ts";
import type { RunningStatus } from "../model/send-status.ts";
import { openItem } from "./advance-sending.ts";
import { decide, takeStep } from "./decide-change.ts";
import { afterRefusal } from "./judge-pending.ts";
import { readAppEffect } from "./read-app.ts";

/** The server has acknowledged the change of an app. */
export function acknowledged(state: EditorState, appId: string, { summary, etag }: ReadSummary): Transition {
  const status = runningStatus(state, appId, "send");
  if (status === undefined) return transition(state);
  const { failures, change } = status.state;
  const isThere = judgeOutcome({ patch: change.patch }, { summary, etag }) === "applied";
  const how = isThere ? "acknowledged" : "changed since";
  return decide(state, appId, { kind: "sent", summary, etag, how, failures });
}

/** Sending the change of an app has failed. What that means depends on all that came before, too. */
export function sendFailed(state: EditorState, appId: string, failure: Failure): Transition {
  const item = openItem(state, appId);
  const status = runningStatus(state, appId, "send");
  if (item === undefined || status === undefined) return transition(state);
  // The server has looked up the id of this request. An earlier one may have come with another, by another gateway: the log
  // tells, by its values too.
  const told = isUnconfirmed(status.state) ? { ...failure, notApplied: false } : failure;
  return takeStep(state, item, nextStep(status.state, { kind: "failed", failure: told }));
}

/**
 * A change was held before it was sent, since the next start would offer it again. The review says so from now on, and what
 * it sends then the person knows.
 */
export function patchHeld(state: EditorState, appId: string, reason: string): Transition {
  const status = runningStatus(state, appId, "send");
  if (status === undefined) return transition(state);
  const unmarked = new Map(state.drafts.unmarked).set(appId, reason);
  const told = { ...state, drafts: { ...state.drafts, unmarked } };
  return decide(told, appId, { kind: "stopped", failures: status.state.failures, unmarked: reason });
}

/**
 * An app has been read to find out what became of its change. What may be outdated is read again. What the log says is
 * certain, where values may be someone else's.
 */
export function lookRead(state: EditorState, { app, askedAt, ...answer }: AppRead): Transition {
  const item = openItem(state, app.id);
  if (item === undefined) return transition(state);
  if (isReadingOutdated(state.list, app.id, askedAt)) {
    const told = item.status.kind === "comparing" ? item.status.failures : [];
    return transition(state, readAppEffect(state, "look", app.id, told));
  }
  const read = { ...state, list: replaceApp(state.list, app, state) };
  if (item.status.kind === "comparing")
    return decide(read, app.id, afterRefusal(state, item, item.status.failures, app, recordTold(answer)));
  const status = runningStatus(state, app.id, "look");
  if (status === undefined) return transition(state);
  // A log that could not be asked is asked again, as an app that could not be read is read.
  if (answer.unread !== undefined) return lookFailed(read, app.id, answer.unread, "log");
  const staged = state.staging.apps.get(app.id);
  const open = staged && leftOpen(staged, app, answer);
  if (open !== undefined) return decide(read, app.id, open);
  const { failures } = status.state;
  const told = recordTold(answer);
  if (told !== undefined) return decide(read, app.id, afterRefusal(state, item, failures, app, told));
  return takeStep(read, item, nextStep(status.state, { kind: "read", current: readingOf(app) }));
}

/** Reading an app, or the log, to find out what became of its change has failed. */
export function lookFailed(
  state: EditorState,
  appId: string,
  failure: Failure,
  what: "app" | "log" = "app",
): Transition {
  const item = openItem(state, appId);
  if (item?.status.kind === "comparing") {
    return decide(state, appId, { kind: "conflict", failures: item.status.failures, current: undefined });
  }
  const status = runningStatus(state, appId, "look");
  if (item === undefined || status === undefined) return transition(state);
  return takeStep(state, item, nextStep(status.state, { kind: "readFailed", failure }), { what, failure });
}

/** The status of an item whose request is on its way; events that come late find none. */
function runningStatus(state: EditorState, appId: string, does: "send" | "look"): RunningStatus | undefined {
  const status = openItem(state, appId)?.status;
  return status?.kind === "running" && status.does === does ? status : undefined;
}
