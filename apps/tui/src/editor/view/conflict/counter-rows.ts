import { formatCount } from "../../../words/format-count.ts";
import { alignRight, wrapText } from "../../../text/cut.ts";
import { widthOf } from "../../../text/width.ts";
import type { ConflictRow } from "../../model/conflicts.ts";
import { describeCounter } from "../../model/counter-grid.ts";
import { narrow } from "../../model/layout.ts";
import type { Glyphs } from "../glyphs.ts";
import { accent, bold, dim, line, wrong, type Line, type Span } from "../line.ts";

/** A row of the table; the one with the cursor stays in view. */
export interface Row {
  readonly line: Line;
  readonly isCurrent: boolean;
}

const labelWidth = 25;
const numberWidth = 13;

/** What the columns of numbers are. */
export function headLine(): Line {
  const heads = ["base", "theirs", "mine", "will send"].map((text) => alignRight(text, numberWidth)).join("");
  return line(dim(" ".repeat(labelWidth + 3) + heads));
}

/** A counter that either side has changed: one row, or several where they are narrow. */
export function counterRows(
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
