import { formatCount } from "../../../words/format-count.ts";
import { failureAdvice, failureText } from "../../../words/failure-text.ts";
import { narrow } from "../../model/layout.ts";
import { takeBackCommand, type CommandPlace } from "../../../words/request-text.ts";
import { describeCounter } from "../../model/counter-grid.ts";
import { editedCounters } from "../../model/edit.ts";
import type { SendItem } from "../../model/sending.ts";
import { versionText } from "../../../words/version-text.ts";
import type { Glyphs } from "../glyphs.ts";
import { dim, line, wrapText, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";
import { wrapCommand } from "../wrap-command.ts";

/** All about what became of one app's changes: what happened, and what to do. */
export function resultDetails(
  item: SendItem,
  place: CommandPlace,
  glyphs: Glyphs,
  width: number,
): readonly Line[] {
  const room = width - 2;
  const plain = (text: string): readonly Line[] =>
    wrapText(outsideText(text, glyphs), room).map((row) => line(` ${row}`));
  const quiet = (text: string): readonly Line[] =>
    wrapText(outsideText(text, glyphs), room).map((row) => line(dim(` ${row}`)));
  const { app, patch, status } = item;
  switch (status.kind) {
    case "sent": {
      if (status.how === "there already") {
        return [[], ...plain("These values were there already: nothing was left to send.")];
      }
      const found =
        status.how === "found" ? plain("No answer came, but reading again shows it: applied.") : [];
      // From the left edge on, so that it can be selected as it is.
      const command = wrapCommand(takeBackCommand(place, app, patch, status.etag), width);
      return [
        [],
        ...found,
        ...quiet(
          room < narrow ? "Takes it back:" : "This takes it back, unless somebody changes the app meanwhile:",
        ),
        ...command.map((row) => line(row)),
      ];
    }
    case "conflict":
      return [
        [],
        ...plain(conflictText(item, status.current)),
        ...quiet("Everything stays staged. R reads it again; then s shows what would be sent."),
      ];
    case "notApplied":
      return [
        [],
        ...plain("No answer came, and reading again shows the same version: not applied."),
        ...quiet("Still staged; s sends it again."),
      ];
    case "unknown":
      return [
        [],
        ...plain(`No answer came, and it could not be read again. ${failureText(status.failure)}`),
        ...quiet("Still staged. Its If-Match guards a second try: s sends it again."),
      ];
    case "refused": {
      const requestId = status.failure.kind === "answer" ? status.failure.requestId : undefined;
      return [
        [],
        ...plain(failureText(status.failure)),
        ...quiet(failureAdvice(status.failure)),
        ...(requestId === undefined ? [] : quiet(`request-id ${requestId}`)),
      ];
    }
    case "stopped":
    case "queued":
    case "running":
    case "waiting":
    case "settling":
      return [[], ...quiet("Stopped before it was sent. Still staged; s sends it.")];
  }
}

function conflictText({ app, patch }: SendItem, current: SendItem["app"] | undefined): string {
  const mine = versionText(app.etag);
  if (current === undefined) return `Somebody was faster: ${mine} is no longer the current one.`;
  const head = `Somebody was faster: ${versionText(current.etag)} is there now, yours is made on ${mine}.`;
  const theirs = editedCounters(patch)
    .filter((name) => current.installSummary[name] !== app.installSummary[name])
    .map((name) => {
      const was = formatCount(app.installSummary[name]);
      const now = formatCount(current.installSummary[name]);
      return `${describeCounter(name).label.toLowerCase()} ${now} (was ${was}, yours ${formatCount(patch[name] ?? 0)})`;
    });
  return theirs.length === 0 ? `${head} Only other counters differ.` : `${head} There: ${theirs.join(", ")}.`;
}
