import { findApp, replaceApp } from "../model/app-list.ts";
import type { Effect } from "../model/effect.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { Failure } from "../../server/failure.ts";
import { outcome, type Outcome } from "../model/outcome.ts";
import { isDecided, withStatus, type Send, type SendItem, type SendStatus } from "../model/sending.ts";
import { settleApp } from "../model/staging.ts";

/** So many requests are on their way at once, each for another app. */
const atOnce = 4;

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

/** What an acknowledged change made. */
export type Answered = Pick<Extract<SendStatus, { readonly kind: "sent" }>, "summary" | "etag">;

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

/** Gives an item another status, and goes on. Late words about what is decided change nothing. */
export function decide(state: EditorState, appId: string, status: SendStatus): Outcome {
  if (state.screen.name !== "sending" || openItem(state, appId) === undefined) return outcome(state);
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

/** What has not started does not, and what only waits waits no longer. */
export function stopped(item: SendItem): SendItem {
  if (item.status.kind === "queued" || item.status.kind === "waiting") {
    return { ...item, status: { kind: "stopped" } };
  }
  const isPausing = item.status.kind === "settling" && item.status.until !== undefined;
  return isPausing ? { ...item, status: givenUp(item.status) } : item;
}

/** What is left of an item whose app could not be read again. */
export function givenUp(status: Extract<SendStatus, { readonly kind: "settling" }>): SendStatus {
  return status.why === "changed"
    ? { kind: "conflict", current: undefined }
    : { kind: "unknown", failure: status.failure };
}

/** Whether every other request would be refused for the same reason. */
function isAboutMe(failure: Failure): boolean {
  return failure.kind === "notSent" || (failure.kind === "answer" && [401, 403].includes(failure.status));
}

/** The item of an app on which nothing is decided yet. */
export function openItem(state: EditorState, appId: string): SendItem | undefined {
  if (state.screen.name !== "sending") return undefined;
  return state.screen.send.items.find((item) => item.app.id === appId && !isDecided(item));
}

/** Whether the person has stopped the sending. */
export function isStopping(state: EditorState): boolean {
  return state.screen.name === "sending" && state.screen.send.stopping;
}

/** The editor with the sending as it is now. */
export function withSend(state: EditorState, send: Send): EditorState {
  return { ...state, screen: { name: "sending", send } };
}
