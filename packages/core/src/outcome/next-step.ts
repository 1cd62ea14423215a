import { isOneVersion, matchesETag } from "../http/etag.ts";
import { requireSummary } from "../resource/require-summary.ts";
import { notFit, requireMembers } from "../text/require-members.ts";
import type { ChangeEvent, ChangeLimits, ChangeState, ChangeStep } from "./change-state.ts";
import { mayBeApplied, type FailureFacts } from "./classify-failure.ts";
import { judgeOutcome, type ReadSummary, type SentPatch } from "./judge-outcome.ts";

/**
 * The first step of every change: it is sent. A change that was sent before and is not decided is sent again with its
 * earlier failures, so that they still count.
 */
export function startChange<Failure extends FailureFacts>(
  change: SentPatch,
  limits: ChangeLimits,
  failures: readonly Failure[] = [],
): ChangeStep<Failure> {
  requireMembers("change of startChange", change);
  requireMembers("change.patch of startChange", change.patch);
  requireMembers("limits of startChange", limits);
  for (const name of limitNames) requireLimit(name, limits[name]);
  requireFailures("failures of startChange", failures);
  const state = { change, limits, failures, sends: 0, failedLooks: 0, repeats: 0 };
  return { kind: "send", state, wait: 0 };
}

/**
 * Says what follows on an event: send the change (again), look what became of it, or be done. Every earlier failure
 * counts: once the change may have been applied, only reading tells, or a server that has looked it up (`notApplied`),
 * whatever a later response refuses.
 */
export function nextStep<Failure extends FailureFacts>(
  state: ChangeState<Failure>,
  event: ChangeEvent<Failure>,
): ChangeStep<Failure> {
  requireMembers("state of nextStep", state);
  requireMembers("event of nextStep", event);
  switch (event.kind) {
    case "failed":
      return afterFailure(
        { ...state, failures: [...state.failures, event.failure], sends: state.sends + 1 },
        event.failure,
      );
    case "read":
      requireMembers("event.current of nextStep", event.current);
      requireSummary("event.current.summary of nextStep", event.current.summary);
      return afterLook(state, event.current);
    case "readFailed":
      return afterFailedLook({ ...state, failedLooks: state.failedLooks + 1 }, event.failure);
    case "stopped":
      return giveUp(state, undefined);
    default:
      throw notFit("event of nextStep", event, "an event of a known kind");
  }
}

/** True if one of the times that the change was sent may have applied it, and no server has looked up that it did not. */
export function isUnconfirmed(state: Pick<ChangeState<FailureFacts>, "failures">): boolean {
  requireMembers("state of isUnconfirmed", state);
  const { failures } = state;
  requireFailures("state.failures of isUnconfirmed", failures);
  return failures.some(mayBeApplied) && !failures.some(({ notApplied }) => notApplied === true);
}

const limitNames = ["sends", "looks", "repeats", "pause", "maxWait"] as const;

/** Without one of them a change that cannot be read would be looked for without an end, or without a pause. */
function requireLimit(name: string, limit: unknown): void {
  if (typeof limit === "number" && limit >= 0) return;
  throw notFit(`limits.${name} of startChange`, limit, "a number from 0");
}

function requireFailures(where: string, failures: readonly FailureFacts[]): void {
  if (!Array.isArray(failures)) throw notFit(where, failures, "a list");
}

function afterFailure<Failure extends FailureFacts>(
  state: ChangeState<Failure>,
  failure: Failure,
): ChangeStep<Failure> {
  const { limits, sends } = state;
  const wait = waitFor(failure, sends, limits);
  if (failure.class === "busy" && sends < limits.sends && wait <= limits.maxWait) {
    return { kind: "send", state, wait };
  }
  if (!isUnconfirmed(state)) return { kind: "done", state, end: { outcome: "refused", failure } };
  return look({ ...state, failedLooks: 0 }, failure);
}

function afterLook<Failure extends FailureFacts>(
  state: ChangeState<Failure>,
  current: ReadSummary,
): ChangeStep<Failure> {
  const judged = judgeOutcome(state.change, current);
  const outcome = judged === "notApplied" && isConfirmedBefore(state, current) ? "overtaken" : judged;
  const end = { outcome, current };
  if (mayRepeat(state) && (outcome === "notApplied" || isMoved(state.change, current))) {
    const found = outcome === "notApplied" ? undefined : end;
    return { kind: "send", state: { ...state, repeats: state.repeats + 1, found }, wait: 0 };
  }
  return { kind: "done", state, end };
}

function afterFailedLook<Failure extends FailureFacts>(
  state: ChangeState<Failure>,
  failure: Failure,
): ChangeStep<Failure> {
  // A server that refuses to be read goes on refusing.
  const isRefused = failure.class === "refused" && failure.status !== undefined;
  if (isRefused || state.failedLooks >= state.limits.looks) return giveUp(state, failure);
  return look(state, failure);
}

function look<Failure extends FailureFacts>(
  state: ChangeState<Failure>,
  failure: Failure,
): ChangeStep<Failure> {
  const pause = pauseAfter(state.failedLooks + 1, state.limits);
  const asked = (failure.retryAfter ?? 0) * 1000;
  // A server that asks for a long wait may still be read.
  return { kind: "look", state, wait: asked > maxPause ? pause : Math.max(pause, asked) };
}

function giveUp<Failure extends FailureFacts>(
  state: ChangeState<Failure>,
  failure: Failure | undefined,
): ChangeStep<Failure> {
  if (!isUnconfirmed(state)) return { kind: "done", state, end: { outcome: "refused", failure } };
  return { kind: "done", state, end: state.found ?? { outcome: "unknown", failure } };
}

/**
 * Whether a success confirmed a version that is no longer the current one: the change may have been applied and changed
 * again since. One version that guards the change, and is still the current one, tells more.
 */
function isConfirmedBefore({ change, failures }: ChangeState<FailureFacts>, { etag }: ReadSummary): boolean {
  if (etag === undefined || isOneVersion(change.etag)) return false;
  return failures.some(
    ({ confirmedETag }) => confirmedETag !== undefined && !matchesETag(confirmedETag, etag),
  );
}

/** Whether another version is there than the one that guards the change: its own, or that of someone else. */
function isMoved({ etag: guard }: SentPatch, { etag }: ReadSummary): boolean {
  return guard !== undefined && etag !== undefined && !matchesETag(guard, etag);
}

/**
 * The same change under the same single version counts once, even if the first request still arrives. On another version
 * it is refused, and a server that keeps a record says what became of the first request: values alone may be someone
 * else's. A response that names its own fault, unlike a gateway that had no response itself, would only be repeated.
 */
function mayRepeat({ change, limits, repeats, failures }: ChangeState<FailureFacts>): boolean {
  const last = failures.at(-1);
  const isLost = last?.class === "unknown" && [undefined, 502, 504].includes(last.status);
  return isLost && repeats < limits.repeats && isOneVersion(change.etag);
}

function waitFor({ retryAfter }: FailureFacts, times: number, limits: ChangeLimits): number {
  return retryAfter === undefined ? pauseAfter(times, limits) : retryAfter * 1000;
}

const maxPause = 30_000;

function pauseAfter(times: number, { pause }: ChangeLimits): number {
  return Math.min(maxPause, pause * 2 ** (times - 1));
}
