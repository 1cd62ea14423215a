import { graphemes, graphemeWidth, widthOf } from "../../text/width.ts";

/** What a text means, which a terminal shows by the colours and styles that it has. */
export type Tone = "plain" | "dim" | "accent" | "wrong";

/** A piece of a line in one style. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  readonly bold?: boolean;
  readonly inverse?: boolean;
}

/** One row of the screen, or of a pane. */
export type Line = readonly Span[];

/** A line of parts, each a text or a span; parts that are absent are left out. */
export function line(...parts: readonly (string | Span | Line | undefined)[]): Line {
  return parts.flatMap((part) => {
    if (part === undefined || part === "") return [];
    if (typeof part === "string") return [{ text: part }];
    return isSpan(part) ? [part] : part;
  });
}

export function dim(text: string): Span {
  return { text, tone: "dim" };
}

export function bold(text: string): Span {
  return { text, bold: true };
}

export function accent(text: string): Span {
  return { text, tone: "accent" };
}

export function wrong(text: string): Span {
  return { text, tone: "wrong" };
}

/** How many cells a line takes. */
export function lineWidth(spans: Line): number {
  return spans.reduce((sum, { text }) => sum + widthOf(text), 0);
}

/** The text of a line without its styles. */
export function lineText(spans: Line): string {
  return spans.map(({ text }) => text).join("");
}

/** The line in at most `width` cells; a cut one ends in the ellipsis. */
export function cutLine(spans: Line, width: number, ellipsis: string): Line {
  if (lineWidth(spans) <= width) return spans;
  if (width <= 0) return [];
  const kept: Span[] = [];
  let room = width - widthOf(ellipsis);
  for (const span of spans) {
    const text = headOf(span.text, room);
    if (text !== "") kept.push({ ...span, text });
    room -= widthOf(text);
    if (text !== span.text) return [...kept, { ...span, text: ellipsis }];
  }
  return kept;
}

/** The line in exactly `width` cells: cut, or filled with blanks. */
export function fitLine(spans: Line, width: number, ellipsis: string): Line {
  const cut = cutLine(spans, width, ellipsis);
  const missing = width - lineWidth(cut);
  return missing > 0 ? [...cut, { text: " ".repeat(missing) }] : cut;
}

/** Something at the left and something at the right edge; where both do not fit, the left one is cut. */
export function spread(left: Line, right: Line, width: number, ellipsis: string): Line {
  const rightPart = cutLine(right, width, ellipsis);
  const room = width - lineWidth(rightPart);
  return [...fitLine(left, room, ellipsis), ...rightPart];
}

/** A text in at most `width` cells; a cut one ends in the ellipsis. */
export function cutText(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) return text;
  return width <= 0 ? "" : headOf(text, width - widthOf(ellipsis)) + ellipsis;
}

/** A text in at most `width` cells, cut between words, so that no number is cut. */
export function cutWords(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) return text;
  const head = headOf(text, width - widthOf(ellipsis) - 1);
  const end = text[head.length] === " " ? head.length : head.lastIndexOf(" ");
  return end <= 0 ? cutText(text, width, ellipsis) : `${head.slice(0, end)} ${ellipsis}`;
}

/** The end of a text in at most `width` cells; a cut one begins with the ellipsis. */
export function cutStart(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) return text;
  let room = width - widthOf(ellipsis);
  if (room < 0) return "";
  let tail = "";
  for (const grapheme of graphemes(text).toReversed()) {
    room -= graphemeWidth(grapheme);
    if (room < 0) break;
    tail = grapheme + tail;
  }
  return ellipsis + tail;
}

/** A text at the right edge of `width` cells. */
export function alignRight(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - widthOf(text))) + text;
}

/** A text in lines of at most `width` cells: broken at blanks, and inside words that are longer. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of text.split(" ")) {
    const joined = current === "" ? word : `${current} ${word}`;
    if (widthOf(joined) <= width) {
      current = joined;
      continue;
    }
    if (current !== "") lines.push(current);
    current = word;
    while (widthOf(current) > width) {
      const head = headOf(current, width);
      if (head === "") break;
      lines.push(head);
      current = current.slice(head.length);
    }
  }
  return [...lines, current];
}

/** As much of a text as fits into `width` cells. */
function headOf(text: string, width: number): string {
  let room = width;
  let head = "";
  for (const grapheme of graphemes(text)) {
    room -= graphemeWidth(grapheme);
    if (room < 0) break;
    head += grapheme;
  }
  return head;
}

function isSpan(part: Span | Line): part is Span {
  return "text" in part;
}
