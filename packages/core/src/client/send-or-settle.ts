import { isNetworkError, isTimeoutError } from "ky";
import { matchesETag, parseETags } from "../etag.ts";
import { isGraphError } from "../graph-error.ts";
import type { InstallSummaryPatch } from "../install-summary.ts";
import { applyPatch } from "../patch.ts";
import type { ReadSummary } from "./install-summary-client.ts";
import { LostAnswerError } from "./lost-answer-error.ts";
import { pause } from "./pause.ts";
import { longestWait, type Answer } from "./transport.ts";

/** A change on its way, with what is needed to find out what became of it. */
export interface SentChange {
  readonly patch: InstallSummaryPatch;
  readonly ifMatch: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly send: () => Promise<Answer>;
  readonly read: () => Promise<ReadSummary>;
}

/** The answer of the server; or, where it was lost, what is there: the change was applied. */
export type Settled =
  | { readonly kind: "answered"; readonly answer: Answer }
  | { readonly kind: "found"; readonly current: ReadSummary };

/** A moment for a change that still runs at the server, before it is looked for. */
const firstLook = 500;

/**
 * Sends a change. Where its answer is lost the summary is read again: values are absolute, so when nothing of the
 * patch remains to change, it was applied. When the one version that guards it is still the current one, it is sent
 * once more: both carry the same guard, so one of them can be applied at most.
 *
 * Throws `LostAnswerError` where it was not applied or nobody can tell, and the error that lost the answer where the
 * summary cannot be read either. A 408, 500 or 503 mostly is the refusal that it says: it is thrown as it is where the
 * change was not applied.
 */
export async function sendOrSettle(change: SentChange): Promise<Settled> {
  const first = await attempt(change, undefined);
  if (first instanceof LostAnswerError && first.outcome === "open" && isRefusal(first.cause))
    throw first.cause;
  const isWorthMore =
    first instanceof LostAnswerError && first.outcome === "open" && isOneVersion(change.ifMatch);
  const last = isWorthMore ? await attempt(change, first) : first;
  if (last instanceof LostAnswerError) throw last;
  return last;
}

async function attempt(
  change: SentChange,
  earlier: LostAnswerError | undefined,
): Promise<Settled | LostAnswerError> {
  try {
    return { kind: "answered", answer: await change.send() };
  } catch (error) {
    // After a lost answer a 412 may be the doing of the change itself.
    const isSettledByReading = earlier !== undefined && isGraphError(error, "PreconditionFailed");
    if (change.signal?.aborted === true || !(isLostAnswer(error) || isSettledByReading)) throw error;
    return settle(change, isSettledByReading ? earlier.cause : error);
  }
}

async function settle(change: SentChange, lost: unknown): Promise<Settled | LostAnswerError> {
  const current = await readAgain(change, lost);
  if (applyPatch(current.summary, change.patch) === current.summary) return { kind: "found", current };
  const outcome = mayStillApply(change.ifMatch, current.etag) ? "open" : "conflicting";
  return new LostAnswerError(outcome, current, { cause: lost, isGuarded: isOneVersion(change.ifMatch) });
}

function isLostAnswer(error: unknown): boolean {
  if (isNetworkError(error) || isTimeoutError(error)) return true;
  // 502 and 504 are what a gateway says whose server behind it gave no answer; an `InvalidAnswer` is one.
  return isRefusal(error) || isOfStatus(error, [502, 504]);
}

/** What mostly means what it says, but may also come of a failure after the change was made. */
function isRefusal(error: unknown): boolean {
  return isOfStatus(error, [408, 500, 503]);
}

function isOfStatus(error: unknown, statuses: readonly number[]): boolean {
  return isGraphError(error) && error.code !== "InvalidAnswer" && statuses.includes(error.status);
}

async function readAgain({ read, signal }: SentChange, lost: unknown): Promise<ReadSummary> {
  const wait = isGraphError(lost) ? (lost.retryAfter ?? 0) * 1000 : 0;
  if (wait > longestWait) throw lost;
  await pause(Math.max(firstLook, wait), signal);
  try {
    return await read();
  } catch (error) {
    throw signal?.aborted === true ? error : lost;
  }
}

function mayStillApply(ifMatch: string | undefined, etag: string | undefined): boolean {
  return ifMatch === undefined || (etag !== undefined && matchesETag(ifMatch, etag));
}

function isOneVersion(ifMatch: string | undefined): boolean {
  const tags = ifMatch === undefined ? [] : parseETags(ifMatch);
  return tags !== "*" && tags.length === 1;
}
