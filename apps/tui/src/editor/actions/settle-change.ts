import type { SentPatch } from "@install-summary/core";
import type { KnownApp } from "../../words/known-app.ts";
import { findApp } from "../model/app-list.ts";
import { replaceApp } from "../model/list-loading.ts";
import type { EditorState } from "../model/editor-state.ts";
import {
  countsAsApplied,
  hasChanged,
  type SendStatus,
  type ConflictStatus,
  type RefusedStatus,
  type SentStatus,
  type StoppedStatus,
} from "../model/send-status.ts";
import { keepAsSent, setPending, settleApp } from "../model/settle-staged.ts";
import { withResult } from "../model/shown-results.ts";

/**
 * What became of the change of an app is known, however it came to be known: it is shown with what was sent, and what is staged
 * follows it.
 */
export function settle(state: EditorState, appId: string, status: SendStatus): EditorState {
  return settleEdits(withResult(state, appId, status), appId, status);
}

/** What a status means for what is staged: sent edits go, refused ones are free again, open ones wait. */
function settleEdits(state: EditorState, appId: string, status: SendStatus): EditorState {
  switch (status.kind) {
    case "sent":
      return takeOver(state, appId, status);
    case "overtaken": {
      const list = replaceApp(state.list, status.current, state);
      return { ...state, list, staging: keepAsSent(state.staging, appId) };
    }
    case "comparing":
      return state;
    case "conflict":
    case "refused":
    case "stopped":
      if (isUnread(status)) return state;
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

/** Whether a 412 came, and the app was not read since: its values may be there already, also by this very change. */
function isUnread(status: ConflictStatus | RefusedStatus | StoppedStatus): boolean {
  const isRead = status.kind === "conflict" && status.current !== undefined;
  return !isRead && status.failures.some((failure) => failure.status === 412);
}

/** The server has the values of an app now: they are no longer staged, and the list shows them. */
function takeOver(state: EditorState, appId: string, status: SentStatus): EditorState {
  const { summary, etag } = status;
  const known = findApp(state.list, appId);
  const changed = known && { ...known, installSummary: summary, etag };
  const list = changed === undefined ? state.list : replaceApp(state.list, changed, state);
  const staged = state.staging.apps.get(appId);
  const change = (staged?.pending ?? staged?.overtaken)?.change;
  const isOurs = hasChanged(status) && staged !== undefined && change !== undefined;
  const applied = isOurs
    ? new Map(state.applied).set(appId, {
        app: madeOn(staged.app, change),
        patch: change.patch,
        etag,
        mayBeOthers: countsAsApplied(status),
      })
    : state.applied;
  return { ...state, list, applied, staging: settleApp(state.staging, appId) };
}

/** The app as a change was made on it: edits that others have overtaken may be based on a newer version. */
function madeOn(app: KnownApp, { base, etag }: SentPatch): KnownApp {
  return { ...app, installSummary: base ?? app.installSummary, etag };
}
