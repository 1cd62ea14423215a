import type { Copied, EditorState } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import { bold, dim, line, wrapText, type Line } from "../line.ts";
import { scrolled } from "../scrolled.ts";
import { wrapCommand } from "../wrap-command.ts";
import { wrapPowershell } from "../wrap-powershell.ts";

/** What was copied, from the left edge on, so that it can be selected where the terminal has not taken it. */
export function copiedLines(
  { screen }: EditorState,
  _: Glyphs,
  width: number,
  height: number,
): readonly Line[] {
  if (screen.name !== "copied") return [];
  const { copied, top } = screen;
  const title = wrapText(`Copied: ${copied.title}.`, width - 2).map((text) => line(bold(` ${text}`)));
  const help = wrapText("Where the terminal has no clipboard, select it here.", width - 2);
  return [
    ...title,
    ...help.map((text) => line(dim(` ${text}`))),
    [],
    ...scrolled(
      rowsOf(copied, width).map((row) => line(row)),
      top,
      height - title.length - help.length - 1,
    ),
  ];
}

/** How many rows the text takes; one that fits is not scrolled. */
export function copiedHeight({ screen }: EditorState, width: number): number {
  return screen.name === "copied" ? rowsOf(screen.copied, width).length + 3 : 0;
}

/** The text in rows that still work when they are selected and pasted. */
function rowsOf({ form, text }: Copied, width: number): readonly string[] {
  if (form === "curl") return wrapCommand(text, width);
  if (form === "powershell") return wrapPowershell(text, width);
  // Behind a comma JSON may be broken.
  return wrapText(text.replaceAll(",", ", "), width).map((row) => row.replaceAll(", ", ",").trim());
}
