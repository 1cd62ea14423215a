import type { EditorState } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import { bold, dim, line, lineWidth, spread, wrapText, type Line } from "../line.ts";
import { scrolled } from "../scrolled.ts";
import { helpFor, type Section } from "./help-text.ts";

/** The keys of the place where help was asked for, or of all places, and the rule that matters most. */
export function helpLines(
  { screen }: EditorState,
  glyphs: Glyphs,
  width: number,
  height: number,
): readonly Line[] {
  if (screen.name !== "help") return [];
  const { title } = helpFor(screen, glyphs);
  const head = spread(line(bold(` ${title}`)), line(dim("Esc back ")), width, glyphs.ellipsis);
  return [head, [], ...scrolled(contentOf(screen, glyphs, width), screen.top, height - 2)];
}

/** How many lines of help there are; a page that fits is not scrolled. */
export function helpHeight({ screen }: EditorState, glyphs: Glyphs, width: number): number {
  return screen.name === "help" ? contentOf(screen, glyphs, width).length + 2 : 0;
}

type Help = Extract<EditorState["screen"], { readonly name: "help" }>;

function contentOf(screen: Help, glyphs: Glyphs, width: number): readonly Line[] {
  const { sections } = helpFor(screen, glyphs);
  const sentence = "A number typed is only staged. Nothing leaves before s and then y.";
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
  const keyWidth = Math.min(widest, width < 60 ? 12 : 24) + 3;
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
