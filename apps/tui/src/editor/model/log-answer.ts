import { judgeOutcome } from "@install-summary/core";
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

/**
 * The status of a pending change that no values settle: the log could not be asked, or it has an equal change of the same
 * account in the place, and an amount may be there once instead of twice. Undefined where values decide.
 */
export function leftOpen(
  { pending, edits }: Pick<StagedApp, "pending" | "edits">,
  app: KnownApp,
  { record, unread }: LogAnswer,
): UnknownStatus | undefined {
  if (pending === undefined) return undefined;
  const open = { kind: "unknown", failures: pending.failures, readFailure: unread } as const;
  if (unread !== undefined) return open;
  const isAmount = record === "mayBeOwn" && hasAmount(edits);
  const isThere = isAmount && judgeOutcome(pending.change, readingOf(app)) === "applied";
  return isThere ? { ...open, mayBeMissing: true } : undefined;
}
