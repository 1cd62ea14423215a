import type { FailureFacts } from "./classify-failure.ts";
import type { ChangeOutcome, ReadSummary, SentPatch } from "./judge-outcome.ts";

/** How patient a program is with one change. Counts are whole, or Infinity; times are milliseconds. None may be left out. */
export interface ChangeLimits {
  /** How often it is sent at most while the server is busy. */
  readonly sends: number;
  /** How often the summary is read at most to find out what became of it. */
  readonly looks: number;
  /** How often it is sent again after reading left it open, where one version guards it. */
  readonly repeats: number;
  /** The first wait where the server names none; each following one is twice as long, up to 30 seconds. */
  readonly pause: number;
  /** The longest wait that a server may ask for before the change is sent again. */
  readonly maxWait: number;
}

/** A change on its way: plain data, so that it can be kept, shown and stored. */
export interface ChangeState<Failure extends FailureFacts> {
  readonly change: SentPatch;
  readonly limits: ChangeLimits;
  /** Why each time that it was sent ended without success, oldest first; those of earlier runs too. */
  readonly failures: readonly Failure[];
  /** How often it has been sent in this run. */
  readonly sends: number;
  /** How often reading has failed since it was sent last. */
  readonly failedLooks: number;
  readonly repeats: number;
  /** What reading told before it was sent again to be certain. It stands where nothing tells more. */
  readonly found?: FoundEnd | undefined;
}

/** How reading ended a change. */
export interface FoundEnd {
  readonly outcome: ChangeOutcome;
  readonly current: ReadSummary;
}

/** What happened to a change. A success needs no event: the server has acknowledged it. */
export type ChangeEvent<Failure extends FailureFacts> =
  | { readonly kind: "failed"; readonly failure: Failure }
  | { readonly kind: "read"; readonly current: ReadSummary }
  | { readonly kind: "readFailed"; readonly failure: Failure }
  /** The person, or the program, waits no longer. */
  | { readonly kind: "stopped" };

/** How a change ended that the server has not acknowledged. */
export type ChangeEnd<Failure extends FailureFacts> =
  /** It was certainly not applied, however often it was sent. */
  | { readonly outcome: "refused"; readonly failure: Failure | undefined }
  /** Reading told. */
  | FoundEnd
  /** It may have been applied, and reading did not tell. */
  | { readonly outcome: "unknown"; readonly failure: Failure | undefined };

/** What to do next, after a wait in milliseconds. */
export type ChangeStep<Failure extends FailureFacts> =
  | { readonly kind: "send" | "look"; readonly state: ChangeState<Failure>; readonly wait: number }
  | { readonly kind: "done"; readonly state: ChangeState<Failure>; readonly end: ChangeEnd<Failure> };
