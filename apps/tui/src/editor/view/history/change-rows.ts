import type { ListedChange } from "@install-summary/core/client";
import { changedCounters, changeActor, type ChangedCounter } from "../../../words/change-words.ts";
import { shortTime } from "../../../words/clock-time.ts";
import { dayText } from "../../../words/day-text.ts";
import { cutText, wrapText } from "../../../text/cut.ts";
import { widthOf } from "../../../text/width.ts";
import { findApp } from "../../model/app-list.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { placeInHistory, type History } from "../../model/history.ts";
import { narrow, widestPage } from "../../model/layout.ts";
import type { Glyphs } from "../glyphs.ts";
import { identityLine } from "../identity-line.ts";
import { accent, bold, dim, line, lineWidth, spread, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";
import { columnsOf, numbersText, type NumberColumns } from "./number-columns.ts";

/** A row of the history; those of the change where the person is are current. */
export interface HistoryRow {
  readonly line: Line;
  readonly isCurrent: boolean;
}

/** A change that is not shown whole has so many counters, and says how many more. */
const shownCounters = 2;
/** How many changes around the current one become rows: no screen has room for more. */
const around = 100;
/** An app of the history of all apps takes no more than reads well; who changed it, and through what, have a column each. */
const widestName = 44;
const originWidth = 8;

/** What all rows have in common. */
interface Table {
  readonly history: History;
  readonly glyphs: Glyphs;
  readonly width: number;
  /** Columns in which the numbers of all changes have room. */
  readonly columns: NumberColumns;
  /** The widest of the versions at the end of a row. */
  readonly versions: number;
}

/** The changes around the one where the person is, below the days on which they were made. */
export function changeRows(
  state: EditorState,
  history: History,
  glyphs: Glyphs,
  width: number,
): readonly HistoryRow[] {
  const place = placeInHistory(history);
  const first = Math.max(0, place - around);
  const changes = history.changes.slice(first, place + around);
  const columns = columnsOf(changes.flatMap(changedCounters), glyphs);
  const versions = Math.max(...changes.map((change) => widthOf(versionsOf(change, glyphs))));
  const table = { history, glyphs, width, columns, versions };
  let day = "";
  return changes.flatMap((change, index) => {
    const rows = rowsOf(state, table, change, first + index === place);
    const today = dayText(Date.parse(change.changedAt), state.now);
    if (today === day) return rows;
    day = today;
    return [{ line: line(dim(`   ${today}`)), isCurrent: false }, ...rows];
  });
}

function rowsOf(
  state: EditorState,
  table: Table,
  change: ListedChange,
  isCurrent: boolean,
): readonly HistoryRow[] {
  const { history, glyphs, width } = table;
  const all = changedCounters(change);
  const isWhole = isCurrent && history.isWhole;
  // One more is better shown than counted.
  const shown = isWhole || all.length === shownCounters + 1 ? all : all.slice(0, shownCounters);
  const more = all.length - shown.length;
  const mark = isCurrent ? accent(` ${glyphs.cursor} `) : "   ";
  const head = line(mark, headLine(state, table, change));
  const versions = line(dim(` ${versionsOf(change, glyphs)} `));
  const room = width - lineWidth(head) - 1 - lineWidth(versions);
  const beside = history.appId === undefined ? undefined : fitting(table, shown, room);
  const indent = " ".repeat(beside === undefined ? stackedIndent(width) : lineWidth(head) + 1);
  const [first, ...others] =
    beside === undefined ? [undefined, ...below(table, shown, change, isCurrent)] : shown.map(beside.row);
  const rest = more === 0 ? [] : [line(indent, dim(`and ${more} more`))];
  const rows = [
    spread(first === undefined ? head : line(head, " ", first), versions, width, glyphs.ellipsis),
    ...others.map((row) => line(indent, row)),
    ...rest,
  ];
  return rows.map((row) => ({ line: row, isCurrent }));
}

/** The columns of numbers in this room: those of all changes, else its own; undefined where neither fits. */
function fitting(
  { columns, glyphs }: Table,
  shown: readonly ChangedCounter[],
  room: number,
): NumberColumns | undefined {
  return [columns, columnsOf(shown, glyphs)].find(({ width }) => width <= room);
}

/** The numbers below the head, where they need that room; none is ever cut. */
function below(
  table: Table,
  shown: readonly ChangedCounter[],
  change: ListedChange,
  isCurrent: boolean,
): readonly Line[] {
  const { history, glyphs, width } = table;
  const room = width - stackedIndent(width);
  const columns = width < narrow ? undefined : fitting(table, shown, room);
  if (columns !== undefined) return shown.map(columns.row);
  const by = history.appId === undefined ? `${byText(change, glyphs)}: ` : "";
  return shown.flatMap((changed, index) => {
    const text = numbersText(changed, glyphs);
    const head = index === 0 ? by : "";
    const rows = widthOf(head + text) <= room ? [head + text] : [head.trimEnd(), ...wrapText(text, room)];
    return rows.filter((row) => row !== "").map((row) => line(isCurrent ? row : dim(row)));
  });
}

/** How far numbers below a head are set in. */
function stackedIndent(width: number): number {
  return width < narrow ? 5 : 10;
}

function byText(change: ListedChange, glyphs: Glyphs): string {
  return `${whoText(change, glyphs, 16)} ${change.origin}`;
}

function whoText(change: ListedChange, glyphs: Glyphs, width: number): string {
  return cutText(outsideText(changeActor(change), glyphs), width, glyphs.ellipsis);
}

/** When, who and through what; in the history of all apps also which app, where there is room for both. */
function headLine(
  state: EditorState,
  { history, glyphs, width, versions }: Table,
  change: ListedChange,
): Line {
  const time = bold(shortTime(Date.parse(change.changedAt)));
  const { origin } = change;
  if (history.appId !== undefined) {
    const who = whoText(change, glyphs, 12);
    if (width < narrow) return line(time, `  ${who} `, dim(origin));
    return line(time, `  ${padded(who, 13)}`, dim(origin.padEnd(originWidth)));
  }
  const isNarrow = width < narrow;
  const whoWidth = width < widestPage ? 12 : 16;
  const right = isNarrow ? widthOf(versionsOf(change, glyphs)) : versions;
  const left = width - 3 - 7 - right - 2;
  const room = Math.max(8, isNarrow ? left - 1 : Math.min(widestName, left - whoWidth - originWidth - 3));
  const app = findApp(state.list, change.appId);
  const name =
    app === undefined
      ? line(cutText(outsideText(change.displayName ?? change.appId, glyphs), room, glyphs.ellipsis))
      : identityLine(app, glyphs, room);
  if (isNarrow) return line(time, "  ", name);
  const gap = " ".repeat(Math.max(0, room - lineWidth(name)));
  return line(
    time,
    "  ",
    name,
    gap,
    dim(`  ${padded(whoText(change, glyphs, whoWidth), whoWidth + 1)}${origin}`),
  );
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

function versionsOf({ version }: ListedChange, { to }: Glyphs): string {
  return version === 1 ? "version 1" : `${version - 1} ${to} ${version}`;
}
