import { formatCount } from "../../../words/format-count.ts";
import { narrow, roomy, widestPage } from "../../model/layout.ts";
import { describeCounter } from "../../model/counter-grid.ts";
import type { Failure } from "../../../server/failure.ts";
import { editedCounters } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { resultKind, resultKinds, type ResultKind } from "../../model/results.ts";
import { isUnclear, wasSent, type SendItem } from "../../model/sending.ts";
import { shortVersion, versionText } from "../../../words/version-text.ts";
import { appIdentity } from "../app-identity.ts";
import type { Glyphs } from "../glyphs.ts";
import { accent, bold, cutWords, dim, line, spread, wrong, type Line, type Span } from "../line.ts";
import { outsideText } from "../outside-text.ts";
import { resultDetails } from "./result-details.ts";
import { windowOf } from "../window-of.ts";
import { widthOf } from "../../../text/width.ts";

/** What became of each app's change, what needs a person first, and all about the one under the cursor. */
export function resultsLines(
  state: EditorState,
  glyphs: Glyphs,
  columns: number,
  height: number,
): readonly Line[] {
  const { screen } = state;
  if (screen.name !== "results") return [];
  const width = Math.min(columns, widestPage);
  const { items } = screen.sending;
  const current = items[screen.line];
  const isShort = height < roomy;
  const details =
    current === undefined ? [] : resultDetails(current, state, glyphs, width).slice(isShort ? 1 : 0);
  const rows = rowsOf(items, screen.line, glyphs, width);
  const title = [titleLine(items, glyphs, width), ...(isShort ? [] : [line()])];
  // The app itself stays in sight, whatever there is to say about it; a long list keeps half of the screen.
  const least = width < narrow ? 2 : 1;
  const wanted = items.length === 1 ? least : Math.min(rows.length, Math.floor(height / 2) - 2);
  const shownDetails = details.slice(0, Math.max(0, height - title.length - Math.max(least, wanted)));
  const at = rows.findIndex(({ isCurrent }) => isCurrent);
  const shown = windowOf(rows, at, height - title.length - shownDetails.length).map((row) => row.line);
  return [...title, ...shown, ...shownDetails].slice(0, height);
}

function titleLine(items: readonly SendItem[], glyphs: Glyphs, width: number): Line {
  const sent = items.filter(({ status }) => status.kind === "sent").length;
  const unknown = items.filter(isUnclear).length;
  const others = items.filter((item) => item.status.kind !== "sent" && !isUnclear(item));
  const not = others.length;
  const verb = others.some(wasSent) ? "applied" : "sent";
  const words = [
    ...(sent > 0 ? [`${formatCount(sent)} sent`] : []),
    ...(unknown > 0 ? [`${formatCount(unknown)} not confirmed`] : []),
    ...(not > 0 ? [`${formatCount(not)} not ${verb}`] : []),
  ];
  return spread(
    line(bold(` ${words.join(", ")}`)),
    line(dim(sent === items.length ? "" : "all edits kept ")),
    width,
    glyphs.ellipsis,
  );
}

interface Row {
  readonly line: Line;
  readonly isCurrent: boolean;
}

/** Columns, so that what happened can be read downwards. */
interface Widths {
  readonly versions: number;
  readonly text: number;
}

/** The items by kind, each kind with a line that says what to do; a single item needs none. */
function rowsOf(items: readonly SendItem[], at: number, glyphs: Glyphs, width: number): readonly Row[] {
  const widths: Widths = {
    versions: Math.max(...items.map((item) => widthOf(versionsOf(item, glyphs)))),
    text: Math.min(
      Math.floor(width * 0.44),
      Math.max(...items.map((item) => widthOf(resultOf(item, glyphs)[1]))),
    ),
  };
  return resultKinds.flatMap((kind) => {
    const places = items.flatMap((item, place) => (resultKind(item) === kind ? [place] : []));
    if (places.length === 0) return [];
    // The title says it where all were sent.
    const isSaid = items.length === 1 || (kind === "sent" && places.length === items.length);
    const head = isSaid ? [] : [{ line: headLine(kind, places.length, glyphs, width), isCurrent: false }];
    const rows = places.flatMap((place): readonly Row[] => {
      const item = items[place];
      return item === undefined ? [] : itemRows(item, place === at, widths, glyphs, width);
    });
    return [...head, ...rows];
  });
}

function headLine(kind: ResultKind, count: number, glyphs: Glyphs, width: number): Line {
  const { sign, title, advice } = headOf(kind, glyphs);
  const head = line(" ", sign, bold(` ${formatCount(count)} ${title}`));
  const room = width - 31;
  return room < advice.length ? head : spread(head, line(dim(advice.padEnd(room))), width, glyphs.ellipsis);
}

function headOf(
  kind: ResultKind,
  glyphs: Glyphs,
): { readonly sign: Span; readonly title: string; readonly advice: string } {
  switch (kind) {
    case "differs":
      return { sign: wrong(glyphs.differs), title: "changed by others", advice: "R reads them all again" };
    case "unknown":
      return { sign: wrong("?"), title: "not confirmed", advice: "R finds out what became of them" };
    case "refused":
      return { sign: wrong(glyphs.wrong), title: "refused", advice: "still staged" };
    case "stopped":
      return { sign: dim(glyphs.unchanged), title: "stopped", advice: "still staged; s sends them" };
    case "read":
      return { sign: accent(glyphs.unchanged), title: "read again", advice: "s shows what would be sent" };
    case "sent":
      return { sign: accent(glyphs.done), title: "sent", advice: "c copies what undoes them" };
  }
}

function itemRows(
  item: SendItem,
  isCurrent: boolean,
  widths: Widths,
  glyphs: Glyphs,
  width: number,
): readonly Row[] {
  const [mark, text] = resultOf(item, glyphs);
  const versions = versionsOf(item, glyphs);
  const style = isCurrent ? { bold: true } : {};
  const head = (room: number): Line =>
    line(isCurrent ? accent(glyphs.cursor) : " ", mark, " ", appIdentity(item.app, glyphs, room, style));
  if (width < narrow) {
    const words = cutWords(versions === "" ? text : `${versions}  ${text}`, width - 4, glyphs.ellipsis);
    return [
      { line: head(width - 4), isCurrent },
      { line: line(dim(`   ${words}`)), isCurrent: false },
    ];
  }
  const column = widths.versions === 0 ? "" : `${versions.padStart(widths.versions)}  `;
  const shown = cutWords(text, widths.text, glyphs.ellipsis);
  const right = `${column}${shown}${" ".repeat(Math.max(0, widths.text - widthOf(shown)))} `;
  const room = width - 5 - widthOf(right);
  return [{ line: spread(head(room), line(dim(right)), width, glyphs.ellipsis), isCurrent }];
}

/** From which version to which, where another one is known. */
function versionsOf({ app, status }: SendItem, glyphs: Glyphs): string {
  const to = (etag: string | undefined): string =>
    outsideText(`${shortVersion(app.etag)} ${glyphs.to} ${shortVersion(etag)}`, glyphs);
  if (status.kind === "sent") return status.etag === undefined ? "" : to(status.etag);
  if (status.kind === "overtaken") return to(status.current.etag);
  if (status.kind !== "conflict" || status.current === undefined) return "";
  return status.current.etag === app.etag ? "" : to(status.current.etag);
}

function resultOf(item: SendItem, glyphs: Glyphs): readonly [Span, string] {
  const { app, patch, status } = item;
  switch (status.kind) {
    case "sent":
      return [accent(glyphs.done), changeText(patch)];
    case "conflict": {
      const isSameVersion = status.current === undefined || status.current.etag === app.etag;
      const current = status.current?.installSummary;
      const both = editedCounters(patch).filter(
        (name) => current !== undefined && current[name] !== app.installSummary[name],
      );
      const words =
        both.length === 0
          ? "other counters changed"
          : `${describeCounter(both[0] ?? "failedDeviceCount").label.toLowerCase()} changed too`;
      return [wrong(glyphs.differs), isSameVersion ? "412, still staged" : words];
    }
    case "overtaken":
      return [wrong(glyphs.differs), "may have been applied, then changed"];
    case "notApplied":
      return [wrong(glyphs.unchanged), "not applied so far, edits wait"];
    case "refused":
      return [wrong(glyphs.wrong), `${refusedText(item, status.failures.at(-1))}, still staged`];
    case "readAgain":
      return [
        accent(glyphs.unchanged),
        `${outsideText(versionText(status.etag), glyphs)} read, still staged`,
      ];
    case "stopped":
      return [dim(glyphs.unchanged), `${notSentText(item)}, still staged`];
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
