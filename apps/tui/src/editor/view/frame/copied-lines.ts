import type { Copied, EditorState } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import { wrapText } from "../../../text/cut.ts";
import { bold, dim, line, type Line } from "../line.ts";
import { positionText, scrolled, type Scroll } from "../scrolling.ts";
import { wrapForShell } from "../wrap-for-shell.ts";

/** What was copied, from the left edge on, so that it can be selected where the terminal has not taken it. */
export function copiedLines(
  { screen }: EditorState,
  _: Glyphs,
  width: number,
  height: number,
): readonly Line[] {
  if (screen.name !== "copied") return [];
  const { copied, top } = screen;
  const rows = rowsOf(copied, width);
  const head = headOf(copied, width);
  const shown = height - head.length;
  const position = positionText(top, { total: rows.length, shown });
  const titled = position === "" ? head : [...head.slice(0, -1), line(dim(` ${position}`))];
  return [...titled, ...scrolled(rows, top, shown).map((row) => line(row))];
}

/** How many rows the text takes, and how many of them fit. */
export function copiedScroll({ screen }: EditorState, width: number, height: number): Scroll | undefined {
  if (screen.name !== "copied") return undefined;
  const { copied } = screen;
  return { total: rowsOf(copied, width).length, shown: height - headOf(copied, width).length };
}

/** What it is, where to select it, and a blank line, which the position takes. */
function headOf(copied: Copied, width: number): readonly Line[] {
  const title = wrapText(`Copied: ${copied.title}.`, width - 2).map((text) => line(bold(` ${text}`)));
  const help = wrapText("Where the terminal has no clipboard, select it here.", width - 2);
  return [...title, ...help.map((text) => line(dim(` ${text}`))), []];
}

/** The text in rows that still work when they are selected and pasted. */
function rowsOf({ form, text }: Copied, width: number): readonly string[] {
  if (form === "text") return text.split("\n").flatMap((row) => wrapText(row, width));
  // Behind a comma JSON may be broken.
  if (form === "json")
    return wrapText(text.replaceAll(",", ", "), width).map((row) => row.replaceAll(", ", ",").trim());
  return wrapForShell(text, form, width);
}
