import type { EditorState } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import { bold, dim, line, wrapText, type Line } from "../line.ts";
import { scrolled } from "../scrolled.ts";
import { wrapCommand } from "../wrap-command.ts";

/** What was copied, from the left edge on, so that it can be selected where the terminal has not taken it. */
export function copiedLines(
  { screen }: EditorState,
  _: Glyphs,
  width: number,
  height: number,
): readonly Line[] {
  if (screen.name !== "copied") return [];
  const { copied, top } = screen;
  const rows =
    copied.form === "curl" ? wrapCommand(copied.text, width) : wrapOther(copied.text, copied.form, width);
  const title = wrapText(`Copied: ${copied.title}.`, width - 2).map((text) => line(bold(` ${text}`)));
  const help = wrapText("Where the terminal has no clipboard, select it here.", width - 2);
  return [
    ...title,
    ...help.map((text) => line(dim(` ${text}`))),
    [],
    ...scrolled(
      rows.map((row) => line(row)),
      top,
      height - title.length - help.length - 1,
    ),
  ];
}

function wrapOther(text: string, form: "powershell" | "json", width: number): readonly string[] {
  if (form === "powershell") return text.split("\n").flatMap((row) => wrapText(row, width));
  return wrapText(text.replaceAll(",", ", "), width).map((row) => row.replaceAll(", ", ",").trim());
}
