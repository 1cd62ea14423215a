import { startChange, type ChangeLimits } from "@install-summary/core";
import { markKnown } from "../model/list-loading.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { Effect, SendPatchEffect } from "../model/effect.ts";
import { transition, type Transition } from "../model/transition.ts";
import { isDecided, withStatus, type Sending, type SendItem } from "../model/sending.ts";
import { setPending } from "../model/settle-staged.ts";
import { takenBackBy } from "../model/staging.ts";
import { readAppEffect } from "./read-app.ts";

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
export function advance(state: EditorState): Transition {
  if (state.screen.name !== "sending") return transition(state);
  let next = state;
  const effects: Effect[] = [];
  for (const { app } of state.screen.sending.items) {
    const started = start(next, app.id);
    if (started === undefined) continue;
    next = started.state;
    effects.push(started.effect);
  }
  const sending = sendingOf(next);
  if (sending?.items.every(isDecided) !== true) return transition(next, ...effects);
  const trouble = sending.items.findIndex(({ status }) => status.kind !== "sent");
  const screen = { name: "results", sending, line: Math.max(0, trouble), top: 0 } as const;
  return transition({ ...next, screen }, ...effects);
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
  const { app, patch, clientRequestId, status: before } = item;
  const isDue = before.kind === "waiting" && before.until <= state.uptime;
  if (!isDue && !(before.kind === "queued" && isFree(sending))) return undefined;
  const does = before.kind === "waiting" ? before.does : "send";
  const change = { patch, etag: app.etag, base: app.installSummary };
  const earlier = state.staging.apps.get(appId)?.pending?.failures ?? [];
  const running = before.kind === "waiting" ? before.state : startChange(change, limits, earlier).state;
  const sentAt = does === "send" ? (item.sentAt ?? state.now) : item.sentAt;
  const status = { kind: "running", does, state: running } as const;
  const next = withSending(state, withStatus(sending, appId, status, { sentAt }));
  if (sentAt === undefined || does === "look")
    return { state: next, effect: readAppEffect(state, "look", appId) };
  const pending = { change, clientRequestId, failures: running.failures, sentAt };
  // What was asked for before the change went out says nothing about what became of it.
  const list = markKnown(next.list, appId, state.eventCount);
  return {
    state: { ...next, list, staging: setPending(next.staging, appId, pending) },
    effect: {
      kind: "sendPatch",
      appId,
      patch,
      ifMatch: app.etag,
      clientRequestId,
      origin: originOf(state, appId),
      ...(state.drafts.unmarked.has(appId) && { isUnmarkedKnown: true }),
    },
  };
}

/** What takes a change back, and only that, is told from other changes in the log. */
function originOf({ staging }: EditorState, appId: string): SendPatchEffect["origin"] {
  const staged = staging.apps.get(appId);
  return staged !== undefined && takenBackBy(staged) !== undefined ? "undo" : "editor";
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

/** The editor with the sending as it is now. */
export function withSending(state: EditorState, sending: Sending): EditorState {
  return { ...state, screen: { name: "sending", sending } };
}
