import type { GraphError } from "../http/graph-error.ts";
import { judgeOutcome, type ReadSummary } from "../outcome/judge-outcome.ts";
import type { InstallSummaryPatch } from "../resource/install-summary.ts";
import { isClientError } from "./errors.ts";
import { isUnconfirmedChangeError, unconfirmed } from "./unconfirmed-change-error.ts";

/** An edit that was sent and refused with 412. */
export interface Refused {
  /** What it was made on. */
  readonly on: ReadSummary;
  readonly patch: InstallSummaryPatch;
  readonly failure: GraphError;
}

/** The last 412 that leaves open whether its edit was applied: a gateway may have sent that twice. */
export function openRefusal(refusals: readonly Refused[]): GraphError | undefined {
  return refusals.findLast(({ failure }) => failure.notApplied !== true)?.failure;
}

/**
 * The error with which an edit ends that could not be read, or sent again, after these refusals. One of them that is open
 * stays open, whatever came after it; `current` is what was read since, undefined where that failed: with `readFailure`, or
 * else with the error itself.
 */
export function afterRefusals(
  error: unknown,
  refusals: readonly Refused[],
  current: ReadSummary | undefined,
  readFailure?: unknown,
): unknown {
  const last = refusals.at(-1);
  if (last === undefined || openRefusal(refusals) === undefined) return error;
  // These say themselves what became of it.
  if (isUnconfirmedChangeError(error) || isClientError(error, "ChangeNotRead")) return error;
  const { summary: base, etag } = last.on;
  const failures: unknown[] = refusals.map(({ failure }) => failure);
  const isRead = current !== undefined;
  if (isRead || readFailure !== undefined) failures.push(error);
  return unconfirmed({
    appId: base.id,
    ifMatch: etag,
    current,
    outcome: isRead ? judgeOutcome({ patch: last.patch, etag, base }, current) : "unknown",
    failures,
    readFailure: isRead ? undefined : (readFailure ?? error),
  });
}
