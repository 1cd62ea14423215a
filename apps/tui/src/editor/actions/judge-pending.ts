import { judgeOutcome, type ChangeOutcome } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import type { EditorState, Screen } from "../model/editor-state.ts";
import { withStatus, type Pending, type SendStatus } from "../model/sending.ts";
import { openItem } from "./advance-sending.ts";
import { settle } from "./settle-change.ts";

/** What reading an app says about its pending change, and the editor that knows it. */
export interface Judgement {
  readonly state: EditorState;
  /** `none` where nothing is pending; `onItsWay` where a request of the sending will tell. */
  readonly verdict: ChangeOutcome | "none" | "onItsWay";
}

/**
 * Judges the pending change of an app by what was just read of it, however it came. This comes before anything is done
 * with a newer version: a relative edit that was applied must not be counted again on it.
 */
export function judgePending(state: EditorState, app: ListedApp): Judgement {
  if (openItem(state, app.id) !== undefined) return { state, verdict: "onItsWay" };
  const pending = state.staging.apps.get(app.id)?.pending;
  if (pending === undefined) return { state, verdict: "none" };
  const verdict = judgeOutcome(pending.change, { summary: app.installSummary, etag: app.etag });
  const status = statusFor(verdict, pending, app);
  return { state: withResult(settle(state, app.id, status), app.id, status), verdict };
}

/** Shows another status of an app's change in the results, where they are on the screen or one step back. */
export function withResult(state: EditorState, appId: string, status: SendStatus): EditorState {
  return { ...state, screen: updateResults(state.screen, appId, status) };
}

function updateResults(screen: Screen, appId: string, status: SendStatus): Screen {
  if (screen.name === "results") {
    return { ...screen, sending: withStatus(screen.sending, appId, status) };
  }
  if (screen.name === "help" || screen.name === "copied") {
    return { ...screen, back: updateResults(screen.back, appId, status) };
  }
  return screen;
}

function statusFor(verdict: ChangeOutcome, { failures }: Pending, app: ListedApp): SendStatus {
  if (verdict === "notApplied") return { kind: "notApplied", failures };
  if (verdict === "overtaken") return { kind: "overtaken", failures, current: app };
  return { kind: "sent", summary: app.installSummary, etag: app.etag, how: "found", failures };
}
