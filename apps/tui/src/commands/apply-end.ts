import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { formatCount } from "../words/format-count.ts";
import type { ApplyResult, ResultWord } from "./apply-results.ts";

/** The words of the results for people. */
export const resultWords: Readonly<Record<ResultWord, string>> = {
  applied: "applied",
  unchanged: "unchanged",
  ready: "ready",
  stale: "stale",
  refused: "refused",
  unconfirmed: "unconfirmed",
  notSent: "not sent",
};

/** How many changes came to each result; what is only ready was not sent. */
export function countResults(results: readonly ApplyResult[]): Readonly<Record<string, number>> {
  const count = (...words: readonly ResultWord[]): number =>
    results.filter(({ result }) => words.includes(result)).length;
  return {
    applied: count("applied"),
    unchanged: count("unchanged"),
    stale: count("stale"),
    refused: count("refused"),
    unconfirmed: count("unconfirmed"),
    notSent: count("notSent", "ready"),
  };
}

/** What is said where nothing went wrong. */
export function doneWords(results: readonly ApplyResult[], dryRun: boolean): string {
  return dryRun ? `Dry run: nothing was sent. ${counted(results)}` : `Done: ${counted(results)}`;
}

/** How all of it went. */
export interface ApplyEnd {
  readonly dryRun: boolean;
  /** Whether a stale or unknown change kept all others from being sent. */
  readonly isHeld: boolean;
  /** Whether changes that others do not contest were moved onto the versions of now. */
  readonly isRebased: boolean;
  /** The command that applies the plan once more. */
  readonly again: string;
  /** Why the work was stopped, where it was. */
  readonly stopped: unknown;
}

/** The error to end with; undefined where every change is applied, there already, or ready in a dry run. */
export function endOf(results: readonly ApplyResult[], end: ApplyEnd): UserError | undefined {
  const { dryRun, isHeld, stopped } = end;
  const failed = results.find(({ exit }) => exit !== exitCodes.done);
  if (failed === undefined && !(stopped instanceof UserError)) return undefined;
  const isSent = results.some(({ result }) => result === "applied");
  const rest = `${counted(results)}${isHeld || dryRun ? " Nothing was sent." : ""}`;
  if (stopped instanceof UserError) {
    return new UserError(`${stopped.message} ${rest}`, { exit: stopped.exit, code: stopped.code });
  }
  return new UserError(rest, {
    exit: isSent ? exitCodes.partly : (failed?.exit ?? exitCodes.unexpected),
    code: isSent ? "PartlyApplied" : codeOf(results, failed),
    requestId: failed?.requestId ?? undefined,
    help: [
      ...(isSent || failed?.message == null ? [] : [failed.message]),
      // Not of the first failure alone: it may be one whose outcome is not known, where all others say what to do.
      ...(results.find(({ help }) => help.length > 0)?.help ?? []),
      ...adviceFor(results, end),
    ],
  });
}

/** Where it is open whether one of them was applied, no code says that none was. */
function codeOf(results: readonly ApplyResult[], failed: ApplyResult | undefined): string {
  if (results.some(({ result }) => result === "unconfirmed")) return "Unknown";
  return failed?.result === "stale" ? "PreconditionFailed" : "NotApplied";
}

function adviceFor(
  results: readonly ApplyResult[],
  { isHeld, isRebased, again }: ApplyEnd,
): readonly string[] {
  const stale = results.filter(({ result }) => result === "stale");
  // What --rebase leaves is contested, also where only the server's 412 says so.
  const contested = stale.filter(({ isContested }) => isContested || isRebased);
  const isReady = results.some(({ result }) => result === "ready" || result === "notSent");
  const isLeft = results.some(({ result }) => result === "notSent" || result === "unconfirmed");
  return [
    ...(stale.length > contested.length
      ? ["--rebase moves changes where others changed only other counters."]
      : []),
    ...(contested.length > 0
      ? ["Others changed the same counters: plan names their values. Set these yourself, or edit a new list."]
      : []),
    ...(isHeld && isReady ? ["--each sends the changes that can be sent."] : []),
    ...(isLeft ? [`${again} sends the rest: what is there already is left.`] : []),
  ];
}

function counted(results: readonly ApplyResult[]): string {
  const words: readonly ResultWord[] = [
    "applied",
    "ready",
    "unchanged",
    "stale",
    "refused",
    "unconfirmed",
    "notSent",
  ];
  const parts = words.flatMap((word) => {
    const count = results.filter(({ result }) => result === word).length;
    return count === 0 ? [] : [`${formatCount(count)} ${resultWords[word]}`];
  });
  return parts.length === 0 ? "The plan has no changes." : `${parts.join(", ")}.`;
}
