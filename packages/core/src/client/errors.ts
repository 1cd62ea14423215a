import type { ReadSummary } from "./types.ts";

/**
 * What reading again told of a change whose answer was lost.
 *
 * - `open`: its values are not there, and nothing stands against sending it again. Where a single ETag guards it, that
 *   version is still the current one: it was not applied so far, but may still arrive. Without such a guard it may
 *   also have been applied and changed by others since.
 * - `conflicting`: its values are not there, and the summary is another version by now. Whether it was applied and
 *   then changed again, or never applied, cannot be told.
 */
export type LostAnswerOutcome = "open" | "conflicting";

/** What else is known of such a change. */
export interface LostAnswerOptions {
  /** What lost the answer. */
  readonly cause: unknown;
  /** Whether a single ETag guards the change. */
  readonly isGuarded: boolean;
}

/** A change without an answer of which reading again has not shown that it was applied; `cause` is what lost it. */
export class LostAnswerError extends Error {
  override readonly name = "LostAnswerError";
  readonly outcome: LostAnswerOutcome;
  /** What is there now. */
  readonly current: ReadSummary;

  constructor(outcome: LostAnswerOutcome, current: ReadSummary, options: LostAnswerOptions) {
    super(describe(outcome, current, options.isGuarded), { cause: options.cause });
    this.outcome = outcome;
    this.current = current;
  }
}

/** Whether a caught value is a `LostAnswerError`, also one of another copy of this package. */
export function isLostAnswerError(error: unknown): error is LostAnswerError {
  return (
    error instanceof Error && error.name === "LostAnswerError" && "outcome" in error && "current" in error
  );
}

function describe(outcome: LostAnswerOutcome, { summary, etag }: ReadSummary, isGuarded: boolean): string {
  const change = `The change of ${summary.id} was not confirmed`;
  if (outcome === "conflicting") {
    return `${change}, and by now the summary is ${etag ?? "another version"} with other values: look at it before sending the change again.`;
  }
  return isGuarded
    ? `${change}, and its values are not there: it was not applied so far.`
    : `${change}, and its values are not there now: it was not applied, or has been changed again since.`;
}
