import { cutStart } from "../../../text/cut.ts";
import { graphemes } from "../../../text/width.ts";
import { matchedRanges } from "../../../find/marks.ts";
import type { EditorState, PaletteScreen } from "../../model/editor-state.ts";
import { roomy, widestPage } from "../../model/layout.ts";
import { formatCount } from "../../../words/format-count.ts";
import type { Glyphs } from "../glyphs.ts";
import { accent, bold, dim, line, lineWidth, spread, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";
import { windowOf } from "../window-of.ts";
import { paletteCommands, type PaletteCommand } from "../frame/palette-commands.ts";

/** The commands that the typed text finds, each with its key. */
export function paletteLines(
  state: EditorState,
  glyphs: Glyphs,
  columns: number,
  height: number,
): readonly Line[] {
  const { screen } = state;
  if (screen.name !== "palette") return [];
  const width = Math.min(columns, widestPage);
  const commands = paletteCommands(state, screen, glyphs);
  const head = [headLine(screen, commands.length, glyphs, width), ...(height < roomy ? [] : [line()])];
  const words = screen.text.trim();
  const rows = commands.map((command, place) =>
    commandLine(command, words, place === screen.line, glyphs, width),
  );
  const nothing = line(dim(` No command matches "${outsideText(words, glyphs)}".`));
  const shown = rows.length === 0 ? [nothing] : windowOf(rows, screen.line, height - head.length);
  return [...head, ...shown];
}

function headLine({ text, line: at }: PaletteScreen, count: number, glyphs: Glyphs, width: number): Line {
  const place = count === 0 ? "" : `${formatCount(at + 1)} of ${formatCount(count)} `;
  const head = line(accent(" : "));
  // The end of a long text is where the person types.
  const room = width - lineWidth(head) - place.length - 3;
  const typed = cutStart(outsideText(text, glyphs), room, glyphs.ellipsis);
  return spread(line(head, bold(typed), accent(glyphs.caret)), line(dim(place)), width, glyphs.ellipsis);
}

function commandLine(
  { label, written }: PaletteCommand,
  words: string,
  isCurrent: boolean,
  glyphs: Glyphs,
  width: number,
): Line {
  const cursor = isCurrent ? accent(` ${glyphs.cursor} `) : "   ";
  const ranges = matchedRanges(label, words);
  let at = 0;
  const marked = graphemes(label).map((text) => {
    const from = at;
    at += text.length;
    const isMatched = ranges.some(([start, end]) => start < at && end > from);
    return isMatched ? { text, bold: true, tone: "accent" as const } : { text, bold: isCurrent };
  });
  return spread(line(cursor, ...marked), line(`  ${written} `), width, glyphs.ellipsis);
}
