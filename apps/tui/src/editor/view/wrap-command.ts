import { graphemes, widthOf } from "../../text/width.ts";

/**
 * A shell command in lines of at most `width` cells, broken so that it still works when the lines are selected and pasted:
 * at a blank outside quotes, or, where a quoted text is longer than a line, inside it, by ending the quotes and
 * beginning them again.
 */
export function wrapCommand(command: string, width: number): readonly string[] {
  return command.split("\n").flatMap((row) => wrapRow(row, width));
}

function wrapRow(row: string, width: number): readonly string[] {
  if (widthOf(row) <= width) return [row];
  const room = Math.max(4, width - 2);
  const { blank, cut, quoted } = breaksOf(row, room);
  if (blank > 0) return [`${row.slice(0, blank)} \\`, ...wrapRow(`  ${row.slice(blank + 1)}`, width)];
  if (quoted) return [`${row.slice(0, cut)}'\\`, ...wrapRow(`'${row.slice(cut)}`, width)];
  return [`${row.slice(0, cut)}\\`, ...wrapRow(row.slice(cut), width)];
}

/** The last blank outside quotes within the width, and where the width ends. */
function breaksOf(
  row: string,
  room: number,
): { readonly blank: number; readonly cut: number; readonly quoted: boolean } {
  let quote: string | undefined;
  let at = 0;
  let cells = 0;
  let blank = 0;
  let hasText = false;
  let escaping = "";
  for (const grapheme of graphemes(row)) {
    // The blank itself needs no room: it makes way for the line's end.
    if (quote === undefined && escaping === "" && grapheme === " " && hasText) blank = at;
    // Outside quotes a backslash and what it escapes stay together.
    if (quote === undefined && grapheme === "\\" && escaping === "") {
      escaping = grapheme;
      continue;
    }
    const unit = escaping + grapheme;
    cells += widthOf(unit);
    if (cells > room) break;
    if (grapheme !== " ") hasText = true;
    if (escaping !== "") escaping = "";
    else if (grapheme === quote) quote = undefined;
    else if (quote === undefined && (grapheme === "'" || grapheme === '"')) quote = grapheme;
    at += unit.length;
  }
  return { blank, cut: at, quoted: quote === "'" };
}
