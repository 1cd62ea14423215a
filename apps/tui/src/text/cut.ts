import { graphemes, graphemeWidth, widthOf } from "./width.ts";

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
export function headOf(text: string, width: number): string {
  let room = width;
  let head = "";
  for (const grapheme of graphemes(text)) {
    room -= graphemeWidth(grapheme);
    if (room < 0) break;
    head += grapheme;
  }
  return head;
}
