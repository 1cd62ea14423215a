import { clearText } from "./clear-text.ts";
import { loadWidths, type Widths } from "./load-widths.ts";

/** A column of a table. */
export interface Column {
  readonly header: string;
  readonly align: "left" | "right";
  /** How narrow it may become; left out, it is never cut. Of a column on the right only the header is cut. */
  readonly minWidth?: number;
  /** Whether its cells are words: they are cut between them, so that no number loses its end. */
  readonly isWords?: boolean;
  /** Whether it is cut before the others are; of several such columns the last one is first. */
  readonly cutFirst?: boolean;
}

/**
 * A table as lines of text, two blanks between its columns. Control characters in cells become symbols. With `width`,
 * the columns of a terminal, the widest cells are cut until the table fits, as far as their columns allow.
 */
export async function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width?: number,
): Promise<readonly string[]> {
  const texts = [columns.map(({ header }) => header), ...rows].map((row) =>
    row.map((cell) => clearText(cell)),
  );
  const measure = await loadWidths(texts.flat());
  const cells = texts.map((row) => row.map((cell) => measure.widthOf(cell)));
  const widths = columns.map((_, index) => cells.reduce((most, row) => Math.max(most, row[index] ?? 0), 0));
  const fitting =
    width === undefined ? widths : fit(columns, widths, minWidths(columns, cells, widths), width);
  return texts.map((row) =>
    columns
      .map(({ align, isWords }, index) => {
        const columnWidth = fitting[index] ?? 0;
        const shorten = isWords === true ? cutBetweenWords : cut;
        return pad(shorten(row[index] ?? "", columnWidth, measure), columnWidth, align, measure);
      })
      .join("  ")
      .trimEnd(),
  );
}

/** The text in at most `width` columns; a longer one ends in `…`, never in half a character. */
export function cut(text: string, width: number, { widthOf, graphemes }: Widths): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const grapheme of graphemes(text)) {
    used += widthOf(grapheme);
    if (used > width - 1) break;
    kept += grapheme;
  }
  return `${kept}…`;
}

/** The text in at most `width` columns, without the word that does not fit whole; one long word is cut as it is. */
function cutBetweenWords(text: string, width: number, measure: Widths): string {
  const { widthOf } = measure;
  if (widthOf(text) <= width) return text;
  let kept = "";
  for (const word of text.split(" ")) {
    const longer = kept === "" ? word : `${kept} ${word}`;
    if (widthOf(longer) + 2 > width) break;
    kept = longer;
  }
  return kept === "" ? cut(text, width, measure) : `${kept} …`;
}

function pad(text: string, width: number, align: "left" | "right", { widthOf }: Widths): string {
  const blanks = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "left" ? text + blanks : blanks + text;
}

function minWidths(
  columns: readonly Column[],
  cells: readonly (readonly number[])[],
  widths: readonly number[],
): readonly number[] {
  return columns.map(({ align, minWidth }, index) => {
    if (minWidth === undefined) return widths[index] ?? 0;
    if (align === "left") return minWidth;
    return Math.max(minWidth, ...cells.slice(1).map((row) => row[index] ?? 0));
  });
}

/** Takes one from the widest column that can still give one, until all fit. */
function fit(
  columns: readonly Column[],
  widths: readonly number[],
  minimums: readonly number[],
  most: number,
): readonly number[] {
  const fitting = [...widths];
  let excess = fitting.reduce((sum, width) => sum + width + 2, -2) - most;
  for (; excess > 0; excess -= 1) {
    const spare = fitting.map((width, index) => (width > (minimums[index] ?? 0) ? width : 0));
    const first = columns.findLastIndex(({ cutFirst }, index) => cutFirst === true && spare[index] !== 0);
    const widest = first === -1 ? spare.indexOf(Math.max(...spare)) : first;
    if (spare[widest] === 0) break;
    fitting[widest] = (fitting[widest] ?? 0) - 1;
  }
  return fitting;
}
