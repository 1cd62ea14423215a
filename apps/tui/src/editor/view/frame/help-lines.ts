import { readOnlyText } from "../../model/declined-texts.ts";
import type { EditorState, HelpScreen } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import { wrapText } from "../../../text/cut.ts";
import { bold, dim, line, lineWidth, spread, type Line } from "../line.ts";
import { positionText, scrolled, type Scroll } from "../scrolling.ts";
import { helpFor } from "./help-text.ts";
import type { Section } from "./key-rows.ts";

/** The keys of the place where help was asked for, or of all places, and the rule that matters most. */
export function helpLines(
  state: EditorState,
  glyphs: Glyphs,
  width: number,
  height: number,
): readonly Line[] {
  const { screen } = state;
  if (screen.name !== "help") return [];
  const { title } = helpFor(state, screen, glyphs);
  const content = contentOf(state, screen, glyphs, width);
  const shown = height - headHeight;
  const position = positionText(screen.top, { total: content.length, shown });
  const right = position === "" ? "Esc back " : `${position} `;
  const head = spread(line(bold(` ${title}`)), line(dim(right)), width, glyphs.ellipsis);
  return [head, [], ...scrolled(content, screen.top, shown)];
}

/** How many lines of help there are, and how many of them fit. */
export function helpScroll(
  state: EditorState,
  glyphs: Glyphs,
  width: number,
  height: number,
): Scroll | undefined {
  const { screen } = state;
  if (screen.name !== "help") return undefined;
  return { total: contentOf(state, screen, glyphs, width).length, shown: height - headHeight };
}

/** The title and a blank line. */
const headHeight = 2;

function contentOf(state: EditorState, screen: HelpScreen, glyphs: Glyphs, width: number): readonly Line[] {
  const { sections } = helpFor(state, screen, glyphs);
  const sentence = state.isReadOnly
    ? readOnlyText
    : "A number typed is only staged. Only s and then y send. Quitting keeps drafts.";
  return [
    ...sections.flatMap((section, index) => [
      ...(index === 0 ? [] : [[]]),
      ...(section.title === "" ? [] : [line(bold(` ${section.title}`))]),
      ...(section.isDense === true ? denseLines(section, width) : rowLines(section, width)),
    ]),
    [],
    ...wrapText(sentence, width - 2).map((text) => line(` ${text}`)),
  ];
}

/** A key a row, what it does beside it. */
function rowLines({ keys }: Section, width: number): readonly Line[] {
  const widest = Math.max(...keys.map(([key]) => key.length));
  const keyWidth = Math.min(widest, width < 60 ? 12 : 28) + 3;
  return keys.flatMap(([key, label]) => {
    const indent = " ".repeat(keyWidth + 1);
    const labels = wrapText(label, width - keyWidth - 2);
    const below = (texts: readonly string[]): readonly Line[] =>
      texts.map((text) => line(dim(indent + text)));
    if (key.length >= keyWidth) return [line(bold(` ${key}`)), ...below(labels)];
    const [first = "", ...others] = labels;
    return [line(bold(` ${key.padEnd(keyWidth)}`), dim(first)), ...below(others)];
  });
}

/** As many keys in a row as fit. */
function denseLines({ keys }: Section, width: number): readonly Line[] {
  const rows: Line[] = [];
  let row: Line = [];
  for (const [key, label] of keys) {
    const entry = line(bold(key), dim(` ${label}`));
    const longer = line(row.length === 0 ? " " : line(row, "   "), entry);
    if (row.length > 0 && lineWidth(longer) > width) {
      rows.push(row);
      row = line(" ", entry);
    } else {
      row = longer;
    }
  }
  return [...rows, row];
}
