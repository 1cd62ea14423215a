import { applyPatch, counters, diff, type InstallSummaryPatch } from "@install-summary/core";
import { failureSentence } from "@install-summary/core/client";
import { visibleText } from "@install-summary/core/text";
import type { SentChange } from "../changes/send-change.ts";
import { failureOf } from "../server/failure.ts";
import { appIdentity } from "../words/app-identity.ts";
import { failureSentences, requestIds } from "../words/failure-text.ts";
import { formatCount } from "../words/format-count.ts";
import { undoCommand, type CommandPlace } from "../words/command-text.ts";
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
export function repeatedWords({ on, patch, summary }: SentChange): string {
  const isChanged = Object.keys(diff(applyPatch(on.installSummary, patch), summary)).length > 0;
  const since = isChanged ? " Someone else has changed the app since." : "";
  return `The request arrived twice; it counts once.${since}`;
}

/** What the server said to a change whose values were there when it was read again, and the command that undoes it. */
export function foundLines(
  errors: readonly unknown[],
  { on, patch, etag, foundBy }: SentChange,
  place: CommandPlace,
): readonly string[] {
  const failures = errors.map(failureOf);
  const found =
    foundBy === "log"
      ? "the change was applied."
      : "its values are there, so it counts as applied, though they may be someone else's.";
  return [
    `${failureSentences(failures)} It was read again: ${found}`,
    ...requestIds(failures).map((id) => `  request-id ${visibleText(id, 128)}`),
    "Undo (does nothing if the app has changed since):",
    `  ${undoCommand(place, on, patch, etag)}`,
  ];
}
