import { exitCodes, type ExitCode } from "@install-summary/command-line/errors";
import type { AppliedChange } from "../changes/apply-plan.ts";
import { isChangedSince, madeETag } from "../changes/made-etag.ts";
import type { SentChange } from "../changes/send-change.ts";
import { isOtherVersion, type CheckedChange } from "../changes/check-plan.ts";
import { formatCount } from "../words/format-count.ts";
import { failureFor, type FailureContext } from "./describe-failure.ts";
import { thereWords } from "./set-words.ts";
import type { KnownApp } from "../words/known-app.ts";

/** What became of a planned change, or what would become of it. */
export type ResultWord =
  | "applied"
  /** The values are there; where it was sent and refused, by this change or by someone else's. */
  | "unchanged"
  /** It can be sent, and was not, since this is a dry run or another change stopped all. */
  | "ready"
  /** Someone else has changed the app since the plan was made. */
  | "stale"
  | "refused"
  /** No response confirmed it, and it may have been applied. */
  | "unconfirmed"
  /** It was left, since what had failed before would have met it too. */
  | "notSent";

/** A line of what `apply` prints. */
export interface ApplyResult {
  readonly id: string;
  readonly displayName: string | null;
  readonly result: ResultWord;
  /** The version that the app has now, as far as it is known; of an applied change the one that it made, and no other.
   * Null where that is not known. */
  readonly etag: string | null;
  readonly message: string | null;
  readonly requestId: string | null;
  /** What to do about a refusal, one line each; for other results all of them together tell. */
  readonly help: readonly string[];
  /** Whether others are known to have changed the same counters of a stale change, so that it cannot be moved. */
  readonly isContested: boolean;
  /** How a command ends of which this is the only change. */
  readonly exit: ExitCode;
}

/** What checking alone came to. */
export function checkedResult(checked: CheckedChange): ApplyResult {
  const { change } = checked;
  switch (checked.state) {
    case "ready":
      return resultOf(change.id, checked.app, "ready", { message: movedWords(checked.isMoved, checked.app) });
    case "unchanged":
      return resultOf(change.id, checked.app, "unchanged", { message: "The values are there already." });
    case "stale":
      return resultOf(change.id, checked.app, "stale", {
        message: staleWords(checked),
        isContested: checked.conflicts.length > 0 || checked.changedBack !== undefined,
        exit: exitCodes.conflict,
      });
    case "unknown":
      return resultOf(change.id, undefined, "refused", {
        message: "The server knows no app with this id.",
        exit: exitCodes.notFound,
      });
  }
}

/** What sending came to. */
export function appliedResult(applied: AppliedChange, context: FailureContext): ApplyResult {
  const { app, change } = applied.checked;
  switch (applied.state) {
    case "notSent":
      return resultOf(change.id, app, "notSent", {
        message: `It was not sent. ${failureFor(applied.error, context).message}`,
      });
    case "failed": {
      const { exit, message, requestId = null, code, help = [] } = failureFor(applied.error, context);
      const word = wordOf(exit, code);
      const rest = { message, requestId, help: word === "refused" ? help : [], exit };
      // The version that was read is over by then, or may be.
      const isOver = word === "stale" || word === "unconfirmed";
      const now = isOver && app !== undefined ? { ...app, etag: undefined } : app;
      return resultOf(change.id, now, word, rest);
    }
    case "sent": {
      const { sent } = applied;
      const isEmpty = Object.keys(sent.patch).length === 0;
      if (isEmpty) {
        const now = { ...sent.on, etag: sent.etag };
        // They may be there by this very change: a gateway that sends it twice responds with the second refusal.
        return resultOf(change.id, now, "unchanged", {
          message: thereWords(sent),
          requestId: sent.refusal?.requestId ?? null,
        });
      }
      const isMoved = applied.checked.isMoved || sent.on !== app;
      // A script would take a version of someone else for its own, and take that back.
      const made = { ...sent.on, etag: madeETag(sent) };
      return resultOf(change.id, made, "applied", {
        message: appliedWords(isMoved, sent),
        requestId: sent.requestId ?? null,
      });
    }
  }
}

function wordOf(exit: ExitCode, code: string): ResultWord {
  if (["Unknown", "NotApplied", "Overtaken", "Stopped"].includes(code)) return "unconfirmed";
  // A 412 under the version that is there has another code.
  return exit === exitCodes.conflict && code === "PreconditionFailed" ? "stale" : "refused";
}

function resultOf(
  id: string,
  app: KnownApp | undefined,
  result: ResultWord,
  rest: Partial<Pick<ApplyResult, "message" | "requestId" | "help" | "isContested" | "exit">>,
): ApplyResult {
  return {
    id,
    displayName: app?.displayName ?? null,
    result,
    etag: app?.etag ?? null,
    message: null,
    requestId: null,
    help: [],
    isContested: false,
    exit: exitCodes.done,
    ...rest,
  };
}

/** What is to be known of an applied change: where only its values tell that it was, and where it is not the last one. */
function appliedWords(isMoved: boolean, sent: SentChange): string | null {
  const { on, etag, foundBy } = sent;
  const words = [
    movedWords(isMoved, on),
    foundBy === "values" &&
      "No response confirmed it. Its values are there, so it counts as applied, though they may be someone else's.",
    isChangedSince(sent) &&
      `Someone else has changed the app since: ${etag === undefined ? "it has other values" : `it is ${etag}`} now.`,
  ].filter((text) => typeof text === "string");
  return words.length === 0 ? null : words.join(" ");
}

function movedWords(isMoved: boolean, { etag }: KnownApp): string | null {
  return isMoved ? `Moved onto ${etag ?? "newer values"}: its counters are as when it was planned.` : null;
}

function staleWords({
  change,
  app,
  conflicts,
  changedBack = [],
}: Extract<CheckedChange, { readonly state: "stale" }>): string {
  const versions = isOtherVersion(change, app)
    ? `It is ${app.etag} now, not ${change.etag}.`
    : "Its values are others than in the plan.";
  const counters = conflicts.map(
    ({ counter, base, theirs }) => `${counter} is ${formatCount(theirs)} now; it was ${formatCount(base)}.`,
  );
  const back = changedBack.map(
    (counter) => `${counter} was changed since, and is ${formatCount(app.installSummary[counter])} again.`,
  );
  return [versions, ...counters, ...back].join(" ");
}
