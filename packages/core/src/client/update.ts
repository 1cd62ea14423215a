import { matchesETag, parseETags } from "../http/etag.ts";
import { isGraphError } from "../http/graph-error.ts";
import type { InstallSummaryPatch } from "../resource/install-summary.ts";
import { applyPatch } from "../patch/apply-patch.ts";
import type { ReadSummary, UpdatedSummary } from "./types.ts";
import { isLostAnswer } from "./is-lost-answer.ts";
import { LostAnswerError } from "./errors.ts";
import { pause } from "./timing.ts";
import { longestWait } from "./transport.ts";

/** A change on its way, with what is needed to find out what became of it. */
export interface SentChange {
  readonly patch: InstallSummaryPatch;
  readonly ifMatch: string | undefined;
  readonly signal: AbortSignal | undefined;
  /** Sends it, and reads the answer. */
  readonly send: () => Promise<ReadSummary>;
  readonly read: () => Promise<ReadSummary>;
}

/** A moment for a change that still runs at the server, before it is looked for. */
const firstLook = 500;

/**
 * Sends a change. Where its answer is lost the summary is read again: values are absolute, so when nothing of the
 * patch remains to change, it was applied. When the one version that guards it is still the current one, it is sent
 * once more: both carry the same guard, so one of them can be applied at most.
 *
 * Throws `LostAnswerError` where its values are not there, and the error that lost the answer where the summary cannot
 * be read either. A 408 or 5xx mostly is the refusal that it says: it is thrown as it is where nothing speaks against
 * it, and so is what came when a change was sent again after a 503.
 */
export async function sendOrSettle(change: SentChange): Promise<UpdatedSummary> {
  const first = await attempt(change, undefined);
  if (!(first instanceof LostAnswerError)) return first;
  if (first.outcome === "conflicting") throw first;
  const refusal = refusalBehind(first.cause);
  if (refusal !== undefined) throw refusal;
  if (!isOneVersion(change.ifMatch)) throw first;
  const second = await attempt(change, first);
  if (second instanceof LostAnswerError) throw second;
  return second;
}

async function attempt(
  change: SentChange,
  earlier: LostAnswerError | undefined,
): Promise<UpdatedSummary | LostAnswerError> {
  try {
    return await change.send();
  } catch (error) {
    // Once an answer was lost, no other one tells what became of the change; a 412 may even be its own doing.
    if (change.signal?.aborted === true || !(earlier !== undefined || isLostAnswer(error))) throw error;
    return settle(change, isGraphError(error, "PreconditionFailed") ? earlier?.cause : error);
  }
}

async function settle(change: SentChange, lost: unknown): Promise<UpdatedSummary | LostAnswerError> {
  const current = await readAgain(change, lost);
  if (applyPatch(current.summary, change.patch) === current.summary) return { ...current, wasLost: true };
  const outcome = mayStillApply(change.ifMatch, current.etag) ? "open" : "conflicting";
  return new LostAnswerError(outcome, current, { cause: lost, isGuarded: isOneVersion(change.ifMatch) });
}

/** What mostly means what it says. Not so 502 and 504: a gateway says them whose server behind it gave no answer. */
function refusalBehind(cause: unknown): unknown {
  if (!isGraphError(cause)) return undefined;
  if (cause.code === "AnswerLost" && !isGraphError(cause.cause, "PreconditionFailed")) return cause.cause;
  return cause.status === 502 || cause.status === 504 ? undefined : cause;
}

async function readAgain({ read, signal }: SentChange, lost: unknown): Promise<ReadSummary> {
  const asked = isGraphError(lost) ? (lost.retryAfter ?? 0) * 1000 : 0;
  // Whoever asks for patience for long may still be read from.
  await pause(asked > longestWait ? firstLook : Math.max(firstLook, asked), signal);
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
