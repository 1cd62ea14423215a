import { formatCount } from "../../../words/format-count.ts";
import { narrow, roomy, widestPage } from "../../model/layout.ts";
import { describeCounter } from "../../model/counter-grid.ts";
import type { Failure } from "../../../server/failure.ts";
import { editedCounters } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { isUnclear, type SendItem } from "../../model/sending.ts";
import { versionText } from "../../../words/version-text.ts";
import { appName } from "../app-name.ts";
import type { Glyphs } from "../glyphs.ts";
import { accent, bold, cutText, dim, line, spread, wrong, type Line, type Span } from "../line.ts";
import { resultDetails } from "./result-details.ts";
import { windowOf } from "../window-of.ts";

/** What became of each app's change, and all about the one under the cursor. */
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
  // The app itself stays in sight, whatever there is to say about it.
  const shownDetails = details.slice(0, Math.max(0, height - (width < narrow ? 3 : 4)));
  const room = height - (isShort ? 1 : 2) - shownDetails.length;
  const rows = items.map((item, index) => itemLines(item, index === screen.line, glyphs, width));
  const rowsEach = width < narrow ? 2 : 1;
  const shown = windowOf(rows, screen.line, Math.max(1, Math.floor(room / rowsEach))).flat();
  return [titleLine(items, glyphs, width), ...(isShort ? [] : [line()]), ...shown, ...shownDetails].slice(
    0,
    height,
  );
}

function titleLine(items: readonly SendItem[], glyphs: Glyphs, width: number): Line {
  const sent = items.filter(({ status }) => status.kind === "sent").length;
  const unknown = items.filter(isUnclear).length;
  const not = items.length - sent - unknown;
  const words = [
    ...(sent > 0 ? [`${formatCount(sent)} sent`] : []),
    ...(unknown > 0 ? [`${formatCount(unknown)} not confirmed`] : []),
    ...(not > 0 ? [`${formatCount(not)} ${sent + unknown > 0 ? "not" : "not sent"}`] : []),
  ];
  return spread(
    line(bold(` ${words.join(", ")}`)),
    line(dim(sent === items.length ? "" : "all edits kept ")),
    width,
    glyphs.ellipsis,
  );
}

function itemLines(item: SendItem, isCurrent: boolean, glyphs: Glyphs, width: number): readonly Line[] {
  const [mark, text] = resultOf(item, glyphs);
  const cursor = isCurrent ? accent(glyphs.cursor) : " ";
  const isNarrow = width < narrow;
  const room = isNarrow ? width - 4 : Math.max(12, Math.min(36, width - text.length - 7));
  const name = appName(item.app, glyphs, room);
  const head = line(cursor, mark, " ", isCurrent ? bold(name) : name);
  if (isNarrow) return [head, line(dim(`   ${cutText(text, width - 4, glyphs.ellipsis)}`))];
  return [spread(head, line(dim(`${text} `)), width, glyphs.ellipsis)];
}

function resultOf({ app, patch, status, wasOvertaken }: SendItem, glyphs: Glyphs): readonly [Span, string] {
  switch (status.kind) {
    case "sent": {
      const versions = `${versionText(app.etag)} ${glyphs.to} ${versionText(status.etag).replace("version ", "")}`;
      const version = status.etag === undefined ? "no version" : versions;
      return [accent(glyphs.done), `${version}  ${changeText(patch)}`];
    }
    case "conflict":
      return [wrong(glyphs.differs), "412, still staged"];
    case "overtaken":
      return [wrong(glyphs.differs), "may have been applied, then changed"];
    case "notApplied":
      return [wrong(glyphs.unchanged), "not applied so far, edits wait"];
    case "refused":
      return [wrong(glyphs.wrong), `${refusedText(status.failure)}, still staged`];
    case "readAgain":
      return [accent(glyphs.unchanged), `${versionText(status.etag)} read, still staged`];
    case "stopped":
      return [dim(glyphs.unchanged), `not sent${wasOvertaken ? " again" : ""}, still staged`];
    case "unknown":
    case "queued":
    case "running":
    case "waiting":
    case "comparing":
      return [wrong(glyphs.wrong), "may have been applied, edits wait"];
  }
}

function refusedText({ kind, status }: Failure): string {
  return kind === "response" ? String(status) : "not sent";
}

/** What was changed, in a few words: `failed devices 8 and 1 more`. */
function changeText(patch: SendItem["patch"]): string {
  const [first, ...others] = editedCounters(patch);
  if (first === undefined) return "";
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return `${describeCounter(first).label.toLowerCase()} ${formatCount(patch[first] ?? 0)}${more}`;
}
