import { hasSameValues } from "../../../changes/as-read.ts";
import { formatCount } from "../../../words/format-count.ts";
import { shortVersion, versionText } from "../../../words/version-text.ts";
import type { Failure } from "../../../server/failure.ts";
import { describeCounter } from "../../model/counter-grid.ts";
import { editedCounters } from "../../model/edit.ts";
import { isUnclear, wasSent, type SendItem } from "../../model/sending.ts";
import type { Glyphs } from "../glyphs.ts";
import { accent, dim, wrong, type Span } from "../line.ts";
import { outsideText } from "../outside-text.ts";

/** From which version to which, where another one is known. */
export function versionsOf({ app, status }: SendItem, glyphs: Glyphs): string {
  const to = (etag: string | undefined): string =>
    app.etag === undefined || etag === undefined
      ? ""
      : outsideText(`${shortVersion(app.etag)} ${glyphs.to} ${shortVersion(etag)}`, glyphs);
  if (status.kind === "sent") return to(status.etag);
  if (status.kind === "overtaken") return to(status.current.etag);
  if (status.kind !== "conflict" || status.current === undefined) return "";
  return status.current.etag === app.etag ? "" : to(status.current.etag);
}

/** What became of an app's change in a few words, with its sign. */
export function resultOf(item: SendItem, glyphs: Glyphs): readonly [Span, string] {
  const { app, patch, status } = item;
  switch (status.kind) {
    case "sent":
      return [
        accent(glyphs.done),
        `${changeText(patch)}${status.how === "changed since" ? ", changed since" : ""}`,
      ];
    case "conflict": {
      const isSameVersion = status.current === undefined || status.current.etag === app.etag;
      const current = status.current?.installSummary;
      const both = editedCounters(patch).filter(
        (name) => current !== undefined && current[name] !== app.installSummary[name],
      );
      const [first] = both;
      const isBack = current !== undefined && hasSameValues(app.installSummary, current);
      const others = isBack ? "changed and changed back" : "other counters changed";
      const words =
        first === undefined ? others : `${describeCounter(first).label.toLowerCase()} changed too`;
      return [wrong(glyphs.differs), isSameVersion ? "412, still staged" : words];
    }
    case "overtaken":
      return [wrong(glyphs.differs), "may have been applied, then changed"];
    case "notApplied":
      return [wrong(glyphs.unchanged), "not applied so far, edits wait"];
    case "refused":
      return [wrong(glyphs.wrong), `${refusedText(item, status.failures.at(-1))}, still staged`];
    case "readAgain": {
      const read =
        status.etag === undefined ? "read again" : `${outsideText(versionText(status.etag), glyphs)} read`;
      return isUnclear(item)
        ? [wrong("?"), `${read}, not confirmed`]
        : [accent(glyphs.unchanged), `${read}, still staged`];
    }
    case "stopped":
      return [
        status.unmarked === undefined ? dim(glyphs.unchanged) : wrong(glyphs.wrong),
        `${notSentText(item)}, still staged`,
      ];
    case "unknown":
    case "queued":
    case "running":
    case "waiting":
    case "comparing":
      return [wrong("?"), "may have been applied, edits wait"];
  }
}

function refusedText(item: SendItem, failure: Failure | undefined): string {
  return failure?.kind === "response" ? String(failure.status) : notSentText(item);
}

function notSentText(item: SendItem): string {
  return wasSent(item) ? "not sent again" : "not sent";
}

/** What was changed, in a few words: `failed devices 8 and 1 more`. */
function changeText(patch: SendItem["patch"]): string {
  const [first, ...others] = editedCounters(patch);
  if (first === undefined) return "";
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return `${describeCounter(first).label.toLowerCase()} ${formatCount(patch[first] ?? 0)}${more}`;
}
