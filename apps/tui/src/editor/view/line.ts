import { headOf } from "../../text/cut.ts";
import { widthOf } from "../../text/width.ts";

/** What a text means, which a terminal shows by the colours and styles that it has. */
export type Tone = "plain" | "dim" | "accent" | "wrong";

/** A piece of a line in one style. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  readonly bold?: boolean;
  readonly inverse?: boolean;
  /** What a screen reader says in its place, where the sign alone says what the line is about. */
  readonly said?: string;
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

/** What is secondary. */
export function dim(text: string): Span {
  return { text, tone: "dim" };
}

/** Where the person is, or a title. */
export function bold(text: string): Span {
  return { text, bold: true };
}

/** What is staged, or under the cursor. */
export function accent(text: string): Span {
  return { text, tone: "accent" };
}

/** What is wrong. */
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

/** The same in as few spans as its styles allow. */
export function mergeSpans(spans: Line): Line {
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last === undefined || styleOf(last) !== styleOf(span)) merged.push(span);
    else merged.splice(-1, 1, { ...last, text: last.text + span.text });
  }
  return merged;
}

function styleOf({ tone = "plain", bold: isBold = false, inverse = false }: Span): string {
  return `${tone} ${isBold} ${inverse}`;
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

/** Something at the left and something at the right edge; where both do not fit, the left one is cut. They never touch. */
export function spread(left: Line, right: Line, width: number, ellipsis: string): Line {
  const rightPart = cutLine(right, width, ellipsis);
  const room = width - lineWidth(rightPart);
  const isApart = lineWidth(left) < room || /^(?:\s|$)/.test(rightPart[0]?.text ?? "");
  if (isApart || room === 0) return [...fitLine(left, room, ellipsis), ...rightPart];
  return [...fitLine(left, room - 1, ellipsis), { text: " " }, ...rightPart];
}

function isSpan(part: Span | Line): part is Span {
  return "text" in part;
}
