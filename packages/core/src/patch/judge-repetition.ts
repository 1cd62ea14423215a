import { counterNames } from "../resource/counters.ts";
import type { InstallSummary, InstallSummaryPatch } from "../resource/install-summary.ts";
import type { ChangedCounters } from "./rebase.ts";

/** A change as a store has recorded it, with what tells whose request made it. */
export interface RecordedChange extends ChangedCounters {
  readonly actor: string;
  /** The id that the caller gave its request; undefined where the caller sent none. */
  readonly clientRequestId: string | undefined;
}

/** A PATCH whose `If-Match` has failed. */
export interface RefusedRequest {
  readonly actor: string;
  /** The `client-request-id` as the caller sent it; undefined where the caller sent none that is usable. */
  readonly clientRequestId: string | undefined;
  readonly patch: InstallSummaryPatch;
}

/**
 * What the record of changes says about a PATCH whose `If-Match` has failed.
 *
 * - `repeated`: it is the second arrival of a request that was applied.
 * - `notApplied`: no arrival of it was applied on the versions that it names.
 * - `unknown`: the record does not tell.
 */
export type Repetition = "repeated" | "notApplied" | "unknown";

/**
 * Judges whether a PATCH repeats a request that was applied: the same caller, the same id, the same values. `changes`
 * are those that followed the versions in its `If-Match`, undefined where there is no record; `current` is the summary
 * as it is. RFC 9110 §13.1.1 allows a server to respond to such a request with success in place of a 412.
 *
 * The record of a change has only the counters that it changed. A counter of the patch that is not among them already
 * had its value, as far as can be told from the value that it has now.
 */
export function judgeRepetition(
  request: RefusedRequest,
  changes: readonly (RecordedChange | undefined)[],
  current: InstallSummary,
): Repetition {
  if (request.clientRequestId === undefined || changes.length === 0) return "unknown";
  const judged = changes.map((change) => judgeChange(request, change, current));
  if (judged.includes("repeated")) return "repeated";
  return judged.includes("unknown") ? "unknown" : "notApplied";
}

function judgeChange(
  { actor, clientRequestId, patch }: RefusedRequest,
  change: RecordedChange | undefined,
  current: InstallSummary,
): Repetition {
  if (change === undefined) return "unknown";
  if (change.clientRequestId !== clientRequestId) return "notApplied";
  // Two people may have chosen one id, or one program may have sent it again with the token of another account.
  if (change.actor !== actor) return "unknown";
  const { after } = change;
  if (hasOtherValues(after, patch)) return "notApplied";
  return hasOtherValues(patch, { ...current, ...after }) ? "unknown" : "repeated";
}

/** Whether counters have other values than in a patch, or are not in it: then they were not set by it. */
export function hasOtherValues(values: InstallSummaryPatch, patch: InstallSummaryPatch): boolean {
  return counterNames.some((name) => values[name] !== undefined && values[name] !== patch[name]);
}
