import { isOneVersion } from "../http/etag.ts";
import type { ChangeOutcome, ReadSummary } from "../outcome/judge-outcome.ts";
import { isErrorNamed } from "../text/error-name.ts";
import { failureSentence } from "./failure-sentence.ts";

/** What is known of a change that no response confirmed. */
export interface UnconfirmedChange {
  readonly appId: string;
  /**
   * What reading found; `unknown` where the summary, or the log, could not be read, and where its values are there, perhaps by
   * an equal change: the log has one of the same account, of which an amount may be missing, or a function of the caller has
   * thrown.
   */
  readonly outcome: Exclude<ChangeOutcome, "applied"> | "unknown";
  /** The summary that is there now; undefined where it, or the log, could not be read. */
  readonly current: ReadSummary | undefined;
  /** What each time that the change was sent was rejected with, oldest first; last what a function of the caller has thrown. */
  readonly failures: readonly unknown[];
  /** Whether a single ETag guards the change. */
  readonly isGuarded: boolean;
  /** The `If-Match` that guards it; undefined where the last writer wins. */
  readonly ifMatch?: string | undefined;
  /** Why the summary, or the log, could not be read. */
  readonly readFailure?: unknown;
}

/**
 * A change that may have been applied, and that reading has not shown to be applied. `cause` is the last failure. Its
 * message repeats what the server said.
 */
export class UnconfirmedChangeError extends Error {
  override readonly name = "UnconfirmedChangeError";
  declare readonly outcome: UnconfirmedChange["outcome"];
  /** The summary that is there now; undefined where it, or the log, could not be read. */
  declare readonly current: ReadSummary | undefined;
  /** What each time that the change was sent was rejected with, oldest first; last what a function of the caller has thrown. */
  declare readonly failures: readonly unknown[];
  /** Whether a single ETag guards the change. */
  declare readonly isGuarded: boolean;
  /** The `If-Match` that guards it; undefined where the last writer wins. */
  declare readonly ifMatch: string | undefined;
  /** Why the summary, or the log, could not be read; undefined where both were. */
  declare readonly readFailure: unknown;
  /** The server's id of the last request that has one. */
  declare readonly requestId: string | undefined;

  constructor(change: UnconfirmedChange) {
    super(describe(change), { cause: change.failures.at(-1) });
    const { appId: _, ...known } = change;
    const requestId = change.failures.map(requestIdOf).findLast((id) => id !== undefined);
    Object.assign(this, known, { requestId });
  }
}

/** A change that is guarded by `ifMatch`. Values that are there may be someone else's. */
interface OpenChange extends Omit<UnconfirmedChange, "isGuarded" | "outcome"> {
  readonly outcome: ChangeOutcome | "unknown";
}

/** The error for a change that is open. */
export function unconfirmed({ outcome, ...change }: OpenChange): UnconfirmedChangeError {
  return new UnconfirmedChangeError({
    ...change,
    outcome: outcome === "applied" ? "unknown" : outcome,
    isGuarded: isOneVersion(change.ifMatch),
  });
}

/** True for an `UnconfirmedChangeError`, also one of another copy of this package. */
export function isUnconfirmedChangeError(error: unknown): error is UnconfirmedChangeError {
  return isErrorNamed(error, "UnconfirmedChangeError") && "outcome" in error && "failures" in error;
}

function describe({ appId, outcome, current, failures, isGuarded, readFailure }: UnconfirmedChange): string {
  const said = [...new Set(failures.map(failureSentence))].join(" ");
  const change = `The change of ${appId} was not confirmed. ${said}`;
  if (outcome === "unknown") {
    const why = readFailure === undefined ? "" : ` ${failureSentence(readFailure)}`;
    const what =
      current === undefined
        ? "What became of it could not be read either"
        : "Its values are there, perhaps by another equal change";
    return `${change} ${what}, so it is not known whether the change was applied.${why}`;
  }
  if (outcome === "overtaken") {
    return `${change} The summary is ${current?.etag ?? "another version"} now, with other values: the change was not applied, or was changed again since.`;
  }
  return isGuarded
    ? `${change} Its values are not there: it was not applied so far. Sent again with the same ETag it counts once.`
    : `${change} Its values are not there now: it was not applied, or was changed again since.`;
}

function requestIdOf(error: unknown): string | undefined {
  if (!(error instanceof Error && "requestId" in error)) return undefined;
  return typeof error.requestId === "string" ? error.requestId : undefined;
}
