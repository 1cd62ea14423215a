import { formatCount } from "../../../words/format-count.ts";
import { widthOf } from "../../../text/width.ts";
import { narrow } from "../../model/layout.ts";
import { resultKind, resultKinds, type ResultKind } from "../../model/results.ts";
import type { SendItem } from "../../model/sending.ts";
import { identityLine } from "../identity-line.ts";
import type { Glyphs } from "../glyphs.ts";
import { cutWords } from "../../../text/cut.ts";
import { accent, bold, dim, line, spread, wrong, type Line, type Span } from "../line.ts";
import { resultOf, versionsOf } from "./result-words.ts";

/** A row of the results; where there is a cursor, one is current. */
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
export function resultRows(
  items: readonly SendItem[],
  at: number,
  glyphs: Glyphs,
  width: number,
): readonly Row[] {
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
      return { sign: wrong(glyphs.differs), title: "changed meanwhile", advice: "R reads them all again" };
    case "unknown":
      return { sign: wrong("?"), title: "not confirmed", advice: "R asks again what became of them" };
    case "refused":
      return { sign: wrong(glyphs.wrong), title: "refused", advice: "still staged" };
    case "notSent":
      return { sign: wrong(glyphs.wrong), title: "not sent", advice: "still staged; s sends them" };
    case "stopped":
      return { sign: dim(glyphs.unchanged), title: "stopped", advice: "still staged; s sends them" };
    case "read":
      return { sign: accent(glyphs.unchanged), title: "read again", advice: "s shows what would be sent" };
    case "sent":
      return { sign: accent(glyphs.done), title: "sent", advice: "C copies what undoes them" };
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
    line(isCurrent ? accent(glyphs.cursor) : " ", mark, " ", identityLine(item.app, glyphs, room, style));
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
