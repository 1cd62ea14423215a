import { formatCount } from "../../../words/format-count.ts";
import { shortVersion } from "../../../words/version-text.ts";
import { alignRight, wrapText } from "../../../text/cut.ts";
import { widthOf } from "../../../text/width.ts";
import {
  conflictApps,
  conflictLines,
  countOpen,
  currentConflict,
  type ConflictApp,
  type ConflictRow,
} from "../../model/conflicts.ts";
import { describeCounter } from "../../model/counter-grid.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { editedValue } from "../../model/edit.ts";
import { narrow, roomy, widestPage } from "../../model/layout.ts";
import { counted } from "../counted.ts";
import type { Glyphs } from "../glyphs.ts";
import { identityLine } from "../identity-line.ts";
import { accent, bold, dim, line, spread, wrong, type Line, type Span } from "../line.ts";
import { outsideText } from "../outside-text.ts";
import { windowOf } from "../window-of.ts";

interface Row {
  readonly line: Line;
  readonly isCurrent: boolean;
}

const labelWidth = 25;
const numberWidth = 13;

/** Base, theirs, mine and what would be sent, of all apps that others have changed, and a word on the line under the cursor. */
export function conflictTableLines(
  state: EditorState,
  glyphs: Glyphs,
  columns: number,
  height: number,
): readonly Line[] {
  const { screen, staging } = state;
  if (screen.name !== "conflict") return [];
  const width = Math.min(columns, widestPage);
  const current = currentConflict(staging, screen.line);
  const apps = conflictApps(staging);
  const isShort = height < roomy;
  const blank = isShort ? [] : [line()];
  const head = [titleLine(state, current, glyphs, width), ...blank, ...(width < narrow ? [] : [headLine()])];
  const foot = current === undefined ? [] : [...blank, ...sentenceLines(current, width)];
  const rows = apps.flatMap((app) => appRows(app, current, screen.entry, glyphs, width));
  const room = Math.max(1, height - head.length - foot.length);
  const at = rows.findIndex(({ isCurrent }) => isCurrent);
  const shown = windowOf(rows, at, room).map((row) => row.line);
  return [...head, ...shown, ...foot].slice(0, height);
}

function titleLine(
  { staging }: EditorState,
  current: ConflictRow | undefined,
  glyphs: Glyphs,
  width: number,
): Line {
  const apps = conflictApps(staging).length;
  const what =
    width < narrow
      ? ` Others changed ${counted(apps, "app")}`
      : ` Someone else changed ${apps === 1 ? "this app" : `${apps} of these apps`}`;
  const open = countOpen(staging);
  const lines = conflictLines(staging);
  const at = lines.findIndex(({ appId, counter }) => appId === current?.appId && counter === current.counter);
  const toDecide = open === 0 ? "all decided" : `${counted(open, "line")} to decide`;
  const facts = [`line ${at + 1} of ${lines.length}`, toDecide];
  while (facts.length > 1 && what.length + facts.join(" ").length + 5 > width) facts.shift();
  return spread(line(bold(what)), line(dim(`${facts.join(` ${glyphs.dot} `)} `)), width, glyphs.ellipsis);
}

function headLine(): Line {
  const heads = ["base", "theirs", "mine", "will send"].map((text) => alignRight(text, numberWidth)).join("");
  return line(dim(" ".repeat(labelWidth + 3) + heads));
}

function appRows(
  { staged, rows }: ConflictApp,
  current: ConflictRow | undefined,
  entry: string | undefined,
  glyphs: Glyphs,
  width: number,
): readonly Row[] {
  const { app, movedFrom } = staged;
  const now = outsideText(shortVersion(app.etag), glyphs);
  const from =
    movedFrom === undefined ? "" : `${outsideText(shortVersion(movedFrom.etag), glyphs)} ${glyphs.to} `;
  const versions = `version ${from}${now}`;
  const name = identityLine(app, glyphs, width - widthOf(versions) - 4, { bold: true });
  const heads =
    width < narrow
      ? [line(" ", identityLine(app, glyphs, width - 2, { bold: true })), line(dim(`   ${versions}`))]
      : [spread(line(" ", name), line(dim(`${versions} `)), width, glyphs.ellipsis)];
  return [
    ...heads.map((one) => ({ line: one, isCurrent: false })),
    ...rows.flatMap((row) => counterRows(row, current, entry, glyphs, width)),
  ];
}

function counterRows(
  row: ConflictRow,
  current: ConflictRow | undefined,
  entry: string | undefined,
  glyphs: Glyphs,
  width: number,
): readonly Row[] {
  const isCurrent = current?.appId === row.appId && current.counter === row.counter;
  const cursor = isCurrent ? accent(glyphs.cursor) : " ";
  const { label } = describeCounter(row.counter);
  const sign = signOf(row, glyphs);
  const mine = mineText(row, glyphs);
  const sends = sendsSpan(row, isCurrent ? entry : undefined, glyphs);
  if (width < narrow) {
    const name = isCurrent ? bold(label) : label;
    const numbers = wrapText(
      `base ${formatCount(row.base)}, theirs ${formatCount(row.theirs)}, mine ${mine}`,
      width - 6,
    );
    return [
      { line: line(cursor, sign, " ", name), isCurrent },
      ...numbers.map((text) => ({ line: line(dim(`    ${text}`)), isCurrent: false })),
      { line: line(dim(`    ${glyphs.to} `), sends), isCurrent: false },
    ];
  }
  // What is being typed may need the room of two numbers; the third one is what it replaces.
  const isLong = widthOf(sends.text) >= numberWidth;
  const texts = [cellText(row.base), cellText(row.theirs), ...(isLong ? [] : [mine])];
  const numbers = texts.map((text) => alignRight(text, numberWidth));
  const gap = " ".repeat(Math.max(1, (isLong ? 2 : 1) * numberWidth - widthOf(sends.text)));
  const name = label.padEnd(labelWidth);
  return [
    { line: line(cursor, sign, " ", isCurrent ? bold(name) : name, ...numbers, gap, sends), isCurrent },
  ];
}

function signOf({ kind }: ConflictRow, glyphs: Glyphs): Span {
  switch (kind) {
    case "open":
      return wrong(glyphs.differs);
    case "mine":
      return accent("=");
    case "recounted":
      return accent(glyphs.recounted);
    case "theirs":
      return dim(glyphs.dot);
  }
}

function mineText({ mine }: ConflictRow, glyphs: Glyphs): string {
  if (mine === undefined) return glyphs.dot;
  if (typeof mine === "number") return cellText(mine);
  return `${mine.add > 0 ? "+" : "−"}${cellText(Math.abs(mine.add))}`;
}

/** A number that never touches the one beside it: the longest ones are not grouped. */
function cellText(value: number): string {
  const grouped = formatCount(value);
  return grouped.length < numberWidth - 1 ? grouped : String(value);
}

function sendsSpan({ kind, sends }: ConflictRow, entry: string | undefined, glyphs: Glyphs): Span {
  if (entry !== undefined) return { text: entry + glyphs.caret, inverse: true };
  if (kind === "theirs") return dim("(theirs)");
  return sends === undefined ? wrong("? m or t") : { text: cellText(sends) };
}

/** What the line under the cursor is about, in words. */
function sentenceLines({ kind, base, theirs, mine }: ConflictRow, width: number): readonly Line[] {
  return wrapText(sentenceOf(kind, base, theirs, mine), width - 2).map((text) => line(` ${text}`));
}

function sentenceOf(
  kind: ConflictRow["kind"],
  base: number,
  theirs: number,
  mine: ConflictRow["mine"],
): string {
  const typed = mine === undefined ? 0 : editedValue(base, mine);
  switch (kind) {
    case "open":
      return `Mine ${formatCount(typed)} was typed against ${formatCount(base)}. Theirs is ${formatCount(theirs)}.`;
    case "recounted":
      return `Others changed it from ${formatCount(base)} to ${formatCount(theirs)}: your amount is counted again.`;
    case "mine":
      return base === theirs ? "Only you changed it." : "You have decided: this would be sent.";
    case "theirs":
      return "Only others changed it.";
  }
}
