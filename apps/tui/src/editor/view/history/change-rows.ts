import type { ListedChange } from "@install-summary/core/client";
import {
  changedCounters,
  changeActor,
  shortCounter,
  type ChangedCounter,
} from "../../../words/change-words.ts";
import { shortTime } from "../../../words/clock-time.ts";
import { dayText } from "../../../words/day-text.ts";
import { formatCount, formatDelta } from "../../../words/format-count.ts";
import { alignRight, cutText, wrapText } from "../../../text/cut.ts";
import { widthOf } from "../../../text/width.ts";
import { findApp } from "../../model/app-list.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { placeInHistory, type History } from "../../model/history.ts";
import { narrow } from "../../model/layout.ts";
import type { Glyphs } from "../glyphs.ts";
import { identityLine } from "../identity-line.ts";
import { accent, bold, dim, line, lineWidth, spread, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";

/** A row of the history; those of the change where the person is are current. */
export interface HistoryRow {
  readonly line: Line;
  readonly isCurrent: boolean;
}

/** A change that is not shown whole has so many counters, and says how many more. */
const shownCounters = 2;
/** How many changes around the current one become rows: no screen has room for more. */
const around = 100;

/** The changes around the one where the person is, below the days on which they were made. */
export function changeRows(
  state: EditorState,
  history: History,
  glyphs: Glyphs,
  width: number,
): readonly HistoryRow[] {
  const place = placeInHistory(history);
  const first = Math.max(0, place - around);
  let day = "";
  return history.changes.slice(first, place + around).flatMap((change, index) => {
    const isCurrent = first + index === place;
    const rows = rowsOf(state, history, change, isCurrent, glyphs, width);
    const today = dayText(Date.parse(change.changedAt), state.now);
    if (today === day) return rows;
    day = today;
    return [{ line: line(dim(`   ${today}`)), isCurrent: false }, ...rows];
  });
}

function rowsOf(
  state: EditorState,
  history: History,
  change: ListedChange,
  isCurrent: boolean,
  glyphs: Glyphs,
  width: number,
): readonly HistoryRow[] {
  const all = changedCounters(change);
  const isWhole = isCurrent && history.isWhole;
  // One more is better shown than counted.
  const shown = isWhole || all.length === shownCounters + 1 ? all : all.slice(0, shownCounters);
  const more = all.length - shown.length;
  const mark = isCurrent ? accent(` ${glyphs.cursor} `) : "   ";
  const head = line(mark, headText(state, history, change, glyphs, width));
  const versions = line(dim(` ${versionsOf(change, glyphs)} `));
  const columns = columnsFor(shown, lineWidth(head), lineWidth(versions), glyphs, width);
  const by = history.appId === undefined && isSmall(width) ? `${byText(change, glyphs)}: ` : "";
  const drawn = columns === undefined ? stacked(shown, isCurrent, glyphs, width, by) : shown.map(columns.row);
  const [first, ...others] = drawn;
  // Beside the head, or below it where the numbers need the room.
  const isBeside = columns !== undefined && first !== undefined;
  const below = isBeside ? others : drawn;
  const indent = " ".repeat(isBeside ? lineWidth(head) : stackedIndent(width));
  const rest = more === 0 ? [] : [line(indent, dim(`${isBeside ? " " : ""}and ${more} more`))];
  const rows = [
    spread(isBeside ? line(head, first) : head, versions, width, glyphs.ellipsis),
    ...below.map((row) => line(indent, row)),
    ...rest,
  ];
  return rows.map((row) => ({ line: row, isCurrent }));
}

/** Whether a row has no room for an app and who changed it: then the latter goes before the numbers below. */
function isSmall(width: number): boolean {
  return width < 60;
}

/** How far numbers below a head are set in. */
function stackedIndent(width: number): number {
  return isSmall(width) ? 5 : 10;
}

function byText(change: ListedChange, glyphs: Glyphs): string {
  return `${cutText(outsideText(changeActor(change), glyphs), 16, glyphs.ellipsis)} ${change.origin}`;
}

/** When, who and through what; in the history of all apps also which app. */
function headText(
  state: EditorState,
  history: History,
  change: ListedChange,
  glyphs: Glyphs,
  width: number,
): Line {
  const time = shortTime(Date.parse(change.changedAt));
  if (history.appId !== undefined) {
    const { origin } = change;
    const fitted = cutText(outsideText(changeActor(change), glyphs), 12, glyphs.ellipsis);
    const gap = width < narrow ? " " : " ".repeat(13 - widthOf(fitted));
    return line(bold(time), `  ${fitted}${gap}`, dim(width < narrow ? origin : origin.padEnd(8)));
  }
  const by = isSmall(width) ? "" : ` ${byText(change, glyphs)}`;
  const app = findApp(state.list, change.appId);
  const room = Math.max(8, width - widthOf(by) - versionsOf(change, glyphs).length - 13);
  const name =
    app === undefined
      ? line(cutText(outsideText(change.displayName ?? change.appId, glyphs), room, glyphs.ellipsis))
      : identityLine(app, glyphs, room);
  return line(bold(time), "  ", name, dim(by));
}

function versionsOf({ version }: ListedChange, { to }: Glyphs): string {
  return version === 1 ? "version 1" : `${version - 1} ${to} ${version}`;
}

interface Columns {
  readonly row: (changed: ChangedCounter) => Line;
}

/** The numbers in columns right of the head; undefined where they do not fit there. */
function columnsFor(
  shown: readonly ChangedCounter[],
  head: number,
  versions: number,
  glyphs: Glyphs,
  width: number,
): Columns | undefined {
  const names = widest(
    shown.map(({ counter }) => shortCounter(counter)),
    15,
  );
  const olds = widest(shown.map(oldText), 6);
  const news = widest(shown.map(newText), 6);
  const deltas = widest(shown.map(deltaText), 6);
  const total = head + 1 + names + olds + 2 + widthOf(glyphs.to) + news + 1 + deltas + versions;
  if (total > width) return undefined;
  return {
    row: (changed) =>
      line(
        ` ${shortCounter(changed.counter).padEnd(names)}`,
        dim(alignRight(oldText(changed), olds)),
        dim(` ${glyphs.to} `),
        alignRight(newText(changed), news),
        dim(` ${alignRight(deltaText(changed), deltas)}`),
      ),
  };
}

function widest(texts: readonly string[], minimum: number): number {
  return Math.max(minimum, ...texts.map(widthOf));
}

/** The numbers below the head; none is ever cut. */
function stacked(
  shown: readonly ChangedCounter[],
  isCurrent: boolean,
  glyphs: Glyphs,
  width: number,
  by: string,
): readonly Line[] {
  return shown.flatMap((changed, index) => {
    const delta = deltaText(changed);
    const values = `${oldText(changed)} ${glyphs.to} ${newText(changed)}${delta === "" ? "" : ` (${delta})`}`;
    const text = `${shortCounter(changed.counter)}  ${values}`;
    const room = width - stackedIndent(width);
    const head = index === 0 ? by : "";
    const rows = widthOf(head + text) <= room ? [head + text] : [head.trimEnd(), ...wrapText(text, room)];
    return rows.filter((row) => row !== "").map((row) => line(isCurrent ? row : dim(row)));
  });
}

function oldText({ before }: ChangedCounter): string {
  return before === undefined ? "new" : formatCount(before);
}

function newText({ after }: ChangedCounter): string {
  return formatCount(after);
}

function deltaText({ before, after }: ChangedCounter): string {
  return before === undefined ? "" : formatDelta(after - before);
}
