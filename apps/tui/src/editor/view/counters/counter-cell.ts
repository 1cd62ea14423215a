import type { CounterEdit } from "@install-summary/core";
import { formatCount } from "../../../words/format-count.ts";
import { editedValue } from "../../model/edit.ts";
import { parseEntry } from "../../model/entry.ts";
import type { Glyphs } from "../glyphs.ts";
import { accent, bold, line, lineWidth, wrong, type Line, type Span } from "../line.ts";
import { graphemes, widthOf } from "../../../text/width.ts";

/** A counter as its cell of the table shows it. */
export interface CounterCell {
  /** The value that the server has. */
  readonly value: number;
  readonly edit: CounterEdit | undefined;
  /** Whether others have changed it too, and the person has not decided. */
  readonly isContested: boolean;
  /** Whether the person is on it. */
  readonly current: boolean;
  /** What is being typed into it. */
  readonly entry: string | undefined;
}

/** What a cell needs so that its number, written like this, is not cut. */
export function neededWidth(cell: CounterCell, format: (value: number) => string, glyphs: Glyphs): number {
  const typed = cell.entry === undefined ? 0 : widthOf(cell.entry + glyphs.caret);
  return 1 + Math.max(format(shownValue(cell)).length, typed) + markWidth;
}

/** Whether a number fits into a cell in groups of three, with a blank before it. */
export function fitsGrouped(cell: CounterCell, width: number): boolean {
  return formatCount(shownValue(cell)).length < width - markWidth;
}

function shownValue({ value, edit }: CounterCell): number {
  return edit === undefined ? value : editedValue(value, edit);
}

/** Whether what is typed is only the beginning of a number, and so not wrong yet. */
export function isUnfinished(text: string): boolean {
  return /^\s*[+\-−]?\s*$/.test(text);
}

/** Behind a number stand a blank and the mark of a staged edit, or two blanks. */
const markWidth = 2;

/** How a cell is drawn. */
export interface CellForm {
  readonly width: number;
  /** Whether numbers are in groups of three; all those of a table are written alike. */
  readonly isGrouped: boolean;
}

/** The cell, exactly `width` cells of the screen wide: old and new value where both fit. */
export function cellLine(cell: CounterCell, { width, isGrouped }: CellForm, glyphs: Glyphs): Line {
  const room = width - markWidth;
  const content =
    cell.entry === undefined
      ? valueSpans(cell, room, isGrouped ? formatCount : String, glyphs)
      : entrySpans(cell, cell.entry, room, glyphs);
  const isMarked = cell.edit !== undefined && cell.entry === undefined;
  const sign = cell.isContested ? wrong(glyphs.differs) : accent(glyphs.staged);
  const mark = isMarked ? line(" ", sign) : "  ";
  const cursor = cell.current && cell.entry === undefined ? accent(`${glyphs.cursor} `) : "";
  const isRoomy = lineWidth(content) + widthOf(glyphs.cursor) + 1 <= room;
  const withCursor = line(isRoomy ? cursor : "", content);
  return line(" ".repeat(Math.max(0, room - lineWidth(withCursor))), withCursor, mark);
}

function valueSpans(
  cell: CounterCell,
  room: number,
  format: (value: number) => string,
  glyphs: Glyphs,
): Line {
  const shown = format(shownValue(cell));
  const number: Span = cell.current ? bold(shown) : { text: shown };
  const old = `${format(cell.value)} ${glyphs.to} `;
  const hasBoth = cell.edit !== undefined && widthOf(old + shown) < room;
  return hasBoth ? [{ text: old, tone: "dim" }, number] : [number];
}

function entrySpans({ value }: CounterCell, text: string, room: number, glyphs: Glyphs): Line {
  const reading = parseEntry(text, value);
  const old: Span = { text: `${formatCount(value)} ${glyphs.to} `, tone: "dim" };
  const typed: Span = {
    text: text + glyphs.caret,
    inverse: true,
    ...(reading.kind === "refused" && !isUnfinished(text) && { tone: "wrong" }),
  };
  const isRelative = reading.kind === "edit" && typeof reading.edit !== "number";
  const result = isRelative ? [{ text: ` = ${formatCount(reading.value)}` }] : [];
  // Two numbers never touch: only what is typed takes all the room.
  const choices: readonly Line[] = [
    [old, typed, ...result],
    [typed, ...result],
  ];
  const fitting = choices.find((choice) => lineWidth(choice) < room);
  if (fitting !== undefined) return fitting;
  if (widthOf(typed.text) <= room) return [typed];
  const tail = graphemes(text)
    .slice(-(room - widthOf(glyphs.ellipsis + glyphs.caret)))
    .join("");
  return [{ ...typed, text: glyphs.ellipsis + tail + glyphs.caret }];
}
