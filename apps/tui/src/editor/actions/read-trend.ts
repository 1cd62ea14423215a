import type { Trend } from "../../changes/trend.ts";
import type { Failure } from "../../server/failure.ts";
import { currentApp } from "../model/app-list.ts";
import type { EditorState } from "../model/editor-state.ts";
import { saysNoLog } from "../model/live.ts";
import { withTrend } from "../model/trends.ts";
import { transition, type Transition } from "../model/transition.ts";

/** Milliseconds that a person stays on an app before its trend is read: a list is scrolled without a request. */
const rest = 300;

/** Whether the trend of the app under the cursor is still to be read once the person stays on it. */
export function wantsTrend(state: EditorState): boolean {
  const { list, trends, hasChangeLog, screen } = state;
  if (!hasChangeLog || !list.complete) return false;
  const isBrowsing = screen.name === "list" || screen.name === "counters";
  const app = isBrowsing ? currentApp(list) : undefined;
  return app !== undefined && !trends.has(app.id);
}

/** Reads the trend of the app under the cursor where the person has stayed on it. */
export function readTrendAtRest(state: EditorState): Transition {
  if (!wantsTrend(state) || state.uptime - state.pressedAt < rest) return transition(state);
  const app = currentApp(state.list);
  return app === undefined ? transition(state) : readTrend(state, app.id);
}

/** Reads the trend of an app where that is not known. */
export function readTrend(state: EditorState, appId: string): Transition {
  const known = state.trends.get(appId);
  if (!state.hasChangeLog || known?.kind === "known" || known?.kind === "running") return transition(state);
  const trends = withTrend(state.trends, appId, { kind: "running" });
  return transition({ ...state, trends }, { kind: "readTrend", appId, now: state.now });
}

/** The trend of an app has come. */
export function trendRead(state: EditorState, appId: string, trend: Trend): EditorState {
  return { ...state, trends: withTrend(state.trends, appId, { kind: "known", ...trend }) };
}

/** Reading the trend of an app has failed: nothing is shown of it. */
export function trendFailed(state: EditorState, appId: string, failure: Failure): EditorState {
  const hasChangeLog = state.hasChangeLog && !saysNoLog(state.live, failure);
  return { ...state, hasChangeLog, trends: withTrend(state.trends, appId, { kind: "failed" }) };
}
