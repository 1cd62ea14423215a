import { readFailureFacts } from "../outcome/classify-failure.ts";
import {
  judgeOutcome,
  type ChangeOutcome,
  type ReadSummary,
  type SentPatch,
} from "../outcome/judge-outcome.ts";
import type { ChangeEvent, ChangeLimits, ChangeState, ChangeStep } from "../outcome/change-state.ts";
import { isUnconfirmed, nextStep, startChange } from "../outcome/next-step.ts";
import { frozenCopy } from "../text/frozen-copy.ts";
import { notAppliedError } from "./change-record.ts";
import { isClientError } from "./errors.ts";
import { pause } from "./timing.ts";
import type { SendFailure } from "./call-options.ts";
import type { FoundRecord, InstallSummaryClient, UpdatedSummary } from "./types.ts";
import { unconfirmed } from "./unconfirmed-change-error.ts";

/** `update`, which `edit` tells whether it sends amounts on what was read. */
export type SendChange = (
  ...given: [...Parameters<InstallSummaryClient["update"]>, hasAmount?: boolean]
) => Promise<UpdatedSummary>;

/** A change, and how it is sent and looked for. */
export interface ChangeToSend {
  readonly appId: string;
  readonly change: SentPatch;
  /** Whether it adds to values that were read, so that an equal change does not stand for it. */
  readonly hasAmount: boolean;
  readonly limits: ChangeLimits;
  readonly signal: AbortSignal | undefined;
  readonly onStep: ((step: ChangeStep<SendFailure>) => void) | undefined;
  /** Sends it once, and gives the acknowledged summary. Calls `onSend` when it leaves. */
  readonly send: (onSend: () => void) => Promise<UpdatedSummary>;
  /** Reads the summary once, and where another version than that of the guard is there, what the log says of the change. */
  readonly look: () => Promise<Looked>;
}

/** What a look has found. */
interface Looked {
  readonly current: ReadSummary;
  readonly record: FoundRecord | undefined;
}

/** The log has an equal change of the same account: whatever values are there, the amount is in them once or twice. */
interface OpenAmount {
  readonly kind: "open";
  readonly current: ReadSummary;
}

/**
 * Drives `nextStep` with timers until the change is acknowledged or decided. Throws the server's refusal where the
 * change was certainly not applied, and `UnconfirmedChangeError` where it may have been.
 */
export async function driveChange(task: ChangeToSend): Promise<UpdatedSummary> {
  const { appId, change } = task;
  let step = startChange<SendFailure>(change, task.limits);
  const failures = (): readonly unknown[] => step.state.failures.map(({ error }) => error);
  const open = (
    current: ReadSummary | undefined,
    outcome: ChangeOutcome | "unknown" = current ? judgeOutcome(change, current) : "unknown",
    readFailure?: unknown,
  ): Error =>
    unconfirmed({ outcome, current, readFailure, appId, failures: failures(), ifMatch: change.etag });
  /** What the caller's function has thrown: from there on the change is only looked for. */
  let thrown: { readonly error: unknown } | undefined;
  while (step.kind !== "done") {
    await pause(milliseconds(step), task.signal);
    const result = await take(step, task);
    if ("summary" in result) {
      const { summary, etag } = result;
      if (thrown) throw open({ summary, etag });
      return { ...result, ...(result.foundBy && { foundAfter: failures() }) };
    }
    if (result.kind === "open") throw open(result.current);
    step = nextStep(step.state, result);
    if (thrown) continue;
    try {
      task.onStep?.(frozenCopy(step));
    } catch (error) {
      if (!isUnconfirmed(step.state)) throw error;
      thrown = { error };
      step = lookOnly(step.state, error);
    }
  }
  const { end } = step;
  if (end.outcome === "refused") throw thrown ? thrown.error : failures().at(-1);
  if (end.outcome === "unknown") throw open(undefined, end.outcome, end.failure?.error);
  if (end.outcome === "applied" && !thrown)
    return { ...end.current, foundAfter: failures(), foundBy: "values" };
  throw open(end.current, end.outcome);
}

/** What follows where the caller's function has thrown while the change is open: it is looked for, and not sent again. */
function lookOnly(state: ChangeState<SendFailure>, error: unknown): ChangeStep<SendFailure> {
  const limits = { ...state.limits, repeats: 0 };
  // Whatever was thrown says nothing of the change.
  const failure = { class: "unknown", status: undefined, retryAfter: undefined, error } as const;
  return nextStep({ ...state, limits }, { kind: "failed", failure });
}

async function take(
  { kind, state }: Exclude<ChangeStep<SendFailure>, { readonly kind: "done" }>,
  { send, look, hasAmount, signal }: ChangeToSend,
): Promise<UpdatedSummary | ChangeEvent<SendFailure> | OpenAmount> {
  let sends = 0;
  try {
    if (kind === "send") return await send(() => (sends += 1));
    const { current, record } = await look();
    if (record === "applied") return { ...current, foundBy: "log" };
    if (record === "notApplied") return failed(notAppliedError(current));
    return { kind: hasAmount && record === "mayBeOwn" ? "open" : "read", current };
  } catch (error) {
    // After a 204 nothing is open: the change was made.
    if (signal?.aborted === true || isClientError(error, "ChangeNotRead")) throw error;
    const failure = { ...readFailureFacts(error), error };
    if (kind === "look") return { kind: "readFailed", failure };
    // Whatever error it is: the same one may also have ended a request that was sent.
    if (sends === 0 && failure.class === "unknown")
      return { kind: "failed", failure: { ...failure, class: "refused" } };
    // The server has looked up the id of this request. An earlier one may have come with another, by another gateway: the log
    // tells, by its values too.
    return { kind: "failed", failure: isUnconfirmed(state) ? { ...failure, notApplied: false } : failure };
  }
}

function failed(error: unknown): ChangeEvent<SendFailure> {
  return { kind: "failed", failure: { ...readFailureFacts(error), error } };
}

/** Clients that were told to wait must not all come back at the same moment, unless the server named the moment. */
function milliseconds({ state, wait }: Exclude<ChangeStep<SendFailure>, { readonly kind: "done" }>): number {
  return state.failures.at(-1)?.retryAfter === undefined ? wait * (0.5 + Math.random() / 2) : wait;
}
