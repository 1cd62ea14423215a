import {
  isUnconfirmed,
  judgeOutcome,
  type ChangeOutcome,
  type InstallSummaryPatch,
} from "@install-summary/core";
import { rebaseRefused, type ChangeRecord } from "@install-summary/core/client";
import { parseETagVersion } from "@install-summary/core/text";
import { readingOf } from "../../changes/as-read.ts";
import type { Failure } from "../../server/failure.ts";
import { editedCounters, restatedCounters } from "../model/edit.ts";
import { notInLog } from "../model/known-failures.ts";
import type { EditorState } from "../model/editor-state.ts";
import { leftOpen, recordTold, type LogAnswer } from "../model/log-answer.ts";
import type { ConflictStatus, SendStatus, SentStatus } from "../model/send-status.ts";
import type { Pending } from "../model/sending.ts";
import { resultFailures, withResult } from "../model/shown-results.ts";
import { setPending } from "../model/settle-staged.ts";
import { openItem } from "./advance-sending.ts";
import { settle } from "./settle-change.ts";
import { settleOvertaken } from "../model/settle-overtaken.ts";
import type { OvertakenChange } from "../../changes/drafts/draft.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** What reading an app says about its pending change, and the editor that knows it. */
export interface Judgement {
  readonly state: EditorState;
  /**
   * `valuesThere` where values alone tell that it was applied, `none` where nothing is pending, `onItsWay` where a request of
   * the sending will tell, `thereAlready` where a change that was refused with 412 is not needed any more, `changedSince`
   * where it was applied and its values are gone, `ruledOut` where the log says that it was not applied and cannot be any
   * more, `unknown` where no values tell.
   */
  readonly verdict:
    | ChangeOutcome
    | "valuesThere"
    | "unknown"
    | "none"
    | "onItsWay"
    | "thereAlready"
    | "changedSince"
    | "ruledOut";
  /** Why the log could not be asked, where that leaves the change `unknown`. */
  readonly unread?: Failure | undefined;
}

/**
 * Judges the pending change of an app by what was just read of it, however it came, and by what the log says of it. This
 * comes before anything is done with a newer version: a relative edit that was applied must not be counted again on it.
 */
export function judgePending(state: EditorState, app: KnownApp, answer: LogAnswer = {}): Judgement {
  if (openItem(state, app.id) !== undefined) return { state, verdict: "onItsWay" };
  const record = recordTold(answer);
  const staged = state.staging.apps.get(app.id);
  const pending = staged?.pending;
  if (staged?.overtaken !== undefined && pending === undefined && record !== undefined)
    return judgeOvertaken(state, staged.overtaken, app, record);
  if (staged === undefined || pending === undefined) return { state, verdict: "none" };
  if (record !== undefined || !isUnconfirmed(pending)) {
    const status = afterRefusal(state, pending.change, pending.failures, app, record);
    return { state: settle(state, app.id, status), verdict: verdictOf(status, record) };
  }
  const open = leftOpen(staged, app, answer);
  if (open !== undefined) {
    const { unread } = answer;
    return { state: nowRead(settle(state, app.id, open), app.id, pending), verdict: "unknown", unread };
  }
  const verdict = judgeOutcome(pending.change, readingOf(app));
  const settled = settle(state, app.id, statusFor(verdict, pending, app));
  if (verdict === "notApplied") return { state: nowRead(settled, app.id, pending), verdict };
  return { state: settled, verdict: verdict === "applied" ? "valuesThere" : verdict };
}

/** The log tells of a change that others overtook: before that it was not certain whether it was applied. */
function judgeOvertaken(
  state: EditorState,
  { change }: OvertakenChange,
  app: KnownApp,
  record: ChangeRecord,
): Judgement {
  const { id } = app;
  // What the person has typed since stays.
  const staging = settleOvertaken(state.staging, id, record);
  const status = afterRefusal({ ...state, staging }, change, resultFailures(state, id), app, record);
  const told = withResult({ ...settle(state, id, status), staging }, id, status, { wasOvertaken: false });
  return { state: told, verdict: verdictOf(status, record) };
}

/**
 * Whether only a reading that asks the log tells what became of a change of an app that was sent, where this version is
 * there: values alone may be someone else's.
 */
export function wantsRecord({ staging }: EditorState, appId: string, version: number | undefined): boolean {
  const staged = staging.apps.get(appId);
  const open = staged?.pending ?? staged?.overtaken;
  const guard = parseETagVersion(open?.change.etag);
  if (guard === undefined || version === undefined || version <= guard) return false;
  return staged?.pending === undefined || isUnconfirmed(staged.pending);
}

/** What is there now, after a change that was refused with 412, or that the log knows of. */
export function afterRefusal(
  { staging }: EditorState,
  { patch }: { readonly patch: InstallSummaryPatch },
  earlier: readonly Failure[],
  app: KnownApp,
  record: ChangeRecord | undefined,
): SentStatus | ConflictStatus {
  const { installSummary: summary, etag } = app;
  if (record === "applied") {
    const isThere = judgeOutcome({ patch }, { summary, etag }) === "applied";
    const how = isThere ? "found" : "changed since";
    return { kind: "sent", summary, etag, how, isRecorded: true, failures: earlier };
  }
  const isTold = record === undefined || earlier.some(({ notApplied }) => notApplied === true);
  const failures = isTold ? earlier : [...earlier, notInLog];
  const staged = staging.apps.get(app.id);
  const base = staged?.app.installSummary ?? summary;
  const edit = staged?.edits ?? patch;
  const failure = { notApplied: failures.some(({ notApplied }) => notApplied === true) };
  const left = rebaseRefused({ base, edit, patch, failure }, summary);
  const isLeft = left.conflicts.length > 0 || editedCounters(left.patch).length > 0;
  return !isLeft && restatedCounters(edit, base, summary).length === 0
    ? { kind: "sent", summary, etag, how: "there already", failures }
    : { kind: "conflict", failures, current: app };
}

function verdictOf(
  status: SentStatus | ConflictStatus,
  record: ChangeRecord | undefined,
): Judgement["verdict"] {
  if (status.kind === "conflict") return record === undefined ? "none" : "ruledOut";
  if (record !== "applied") return "thereAlready";
  return status.how === "found" ? "applied" : "changedSince";
}

/** The change that an ended editor has sent is one of this editor from now on: the app was read. */
function nowRead(state: EditorState, appId: string, pending: Pending): EditorState {
  return { ...state, staging: setPending(state.staging, appId, { ...pending, isRestored: false }) };
}

function statusFor(verdict: ChangeOutcome, { failures }: Pending, app: KnownApp): SendStatus {
  if (verdict === "notApplied") return { kind: "notApplied", failures };
  if (verdict === "overtaken") return { kind: "overtaken", failures, current: app };
  return { kind: "sent", summary: app.installSummary, etag: app.etag, how: "found", failures };
}
