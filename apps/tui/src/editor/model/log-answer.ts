import {
  judgeOutcome,
  type ChangeOutcome,
  type InstallSummaryEdit,
  type SentPatch,
} from "@install-summary/core";
import type { ChangeRecord, FoundRecord } from "@install-summary/core/client";
import { readingOf } from "../../changes/as-read.ts";
import type { Failure } from "../../server/failure.ts";
import type { KnownApp } from "../../words/known-app.ts";
import { hasAmount } from "./edit.ts";
import type { UnknownStatus } from "./send-status.ts";
import type { StagedApp } from "./staging.ts";

/** What asking the log of a change has come to: nothing where there is no log, or it tells nothing. */
export interface LogAnswer {
  /** What it says. */
  readonly record?: FoundRecord | undefined;
  /** Why it could not be asked now: until it is, values may be someone else's. */
  readonly unread?: Failure | undefined;
}

/** What a log tells for certain. */
export function recordTold({ record }: LogAnswer): ChangeRecord | undefined {
  return record === "mayBeOwn" ? undefined : record;
}

/** What reading tells of a change: `valuesThere` where they may be someone else's, since no log says whose they are. */
export type Told = ChangeOutcome | "valuesThere" | "mayBeMissing";

/**
 * What an app as it was read, and what the log says, tell of a change. Where the log has an equal change of the same account
 * in the place, an amount may be there once instead of twice.
 */
export function toldOf(
  { change, edits }: { readonly change: SentPatch; readonly edits: InstallSummaryEdit },
  app: KnownApp,
  record: FoundRecord | undefined,
): Told {
  if (record === "applied") return "applied";
  const outcome = judgeOutcome(change, readingOf(app));
  if (outcome !== "applied") return outcome;
  return record === "mayBeOwn" && hasAmount(edits) ? "mayBeMissing" : "valuesThere";
}

/**
 * The status of a pending change that no values settle: the log could not be asked, or an amount may be missing. Undefined
 * where values decide.
 */
export function leftOpen(
  { pending, edits }: Pick<StagedApp, "pending" | "edits">,
  app: KnownApp,
  { record, unread }: LogAnswer,
): UnknownStatus | undefined {
  if (pending === undefined) return undefined;
  const { change, failures } = pending;
  if (unread !== undefined) return { kind: "unknown", failures, unread: { what: "log", failure: unread } };
  if (toldOf({ change, edits }, app, record) !== "mayBeMissing") return undefined;
  return { kind: "unknown", failures, unread: undefined, mayBeMissing: true };
}
