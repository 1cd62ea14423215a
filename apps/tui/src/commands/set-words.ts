import { counters, type InstallSummaryPatch } from "@install-summary/core";
import { failureSentence } from "@install-summary/core/client";
import { parseETagVersion, visibleText } from "@install-summary/core/text";
import { isChangedSince, madeETag } from "../changes/made-etag.ts";
import type { SentChange } from "../changes/send-change.ts";
import { failureOf } from "../server/failure.ts";
import { appIdentity } from "../words/app-identity.ts";
import { failureSentences, requestIds } from "../words/failure-text.ts";
import { formatCount } from "../words/format-count.ts";
import { undoCommand, undoTitle, undoVersionCommand, type CommandPlace } from "../words/command-text.ts";
import type { KnownApp } from "../words/known-app.ts";

/** The question names app and values, which the table above it may have scrolled away. */
export function questionFor(app: KnownApp, patch: InstallSummaryPatch, baseUrl: string): string {
  const [first, ...others] = counters.filter(({ name }) => patch[name] !== undefined);
  if (first === undefined) return `Send this to ${baseUrl}?`;
  const values = `${formatCount(app.installSummary[first.name])} → ${formatCount(patch[first.name] ?? 0)}`;
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  const what = `${first.label.toLowerCase()} ${values}${more}`;
  return `Send ${what} to ${appIdentity(app)} at ${baseUrl}?`;
}

/** Why nothing is left to change after the change was refused: the values are there, and it may be open whose they are. */
export function thereWords({ refusal }: SentChange): string {
  return refusal === undefined
    ? "Nothing left to change: someone else already set these values."
    : `${failureSentence(refusal)} Nothing left to change: these values are there, by this change or by someone else's.`;
}

/** What is there now after a change whose request arrived twice: others may have changed it since the first. */
export function repeatedWords(sent: SentChange): string {
  return `The request arrived twice; it counts once.${sinceWords(sent)}`;
}

function sinceWords(sent: SentChange): string {
  return isChangedSince(sent) ? " Someone else has changed the app since." : "";
}

/** What the server said to a change whose values were there when it was read again, and the command that undoes it. */
export function foundLines(
  errors: readonly unknown[],
  sent: SentChange,
  place: CommandPlace,
): readonly string[] {
  const failures = errors.map(failureOf);
  const found =
    sent.foundBy === "log"
      ? "the change was applied."
      : "its values are there, so it counts as applied, though they may be someone else's.";
  return [
    `${failureSentences(failures)} It was read again: ${found}${sinceWords(sent)}`,
    ...requestIds(failures).map((id) => `  request-id ${visibleText(id, 128)}`),
    ...undoLines(sent, place),
  ];
}

/** The command that undoes a change. Where the version that is there is someone else's, the log tells what is left of it. */
function undoLines(sent: SentChange, place: CommandPlace): readonly string[] {
  const { on, patch, etag, foundBy } = sent;
  const made = parseETagVersion(madeETag(sent));
  if (foundBy === "log" && made !== undefined && isChangedSince(sent))
    return [
      "Undo (does nothing if these counters have changed since):",
      `  ${undoVersionCommand(place, on, made)}`,
    ];
  return [undoTitle(etag), `  ${undoCommand(place, on, patch, etag)}`];
}
