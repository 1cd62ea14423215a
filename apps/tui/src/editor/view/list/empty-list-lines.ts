import { formatCount } from "../../../words/format-count.ts";
import type { EditorState } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import { wrapText } from "../../../text/cut.ts";
import { bold, dim, line, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";

/** What a list shows whose filter hides all apps: why it is empty, and which key shows them. */
export function emptyListLines(
  { list }: EditorState,
  glyphs: Glyphs,
  width: number,
  height: number,
): readonly Line[] {
  const all = formatCount(list.apps.length);
  const soFar = list.complete ? "" : " Not all have been read yet.";
  const isFiltered = list.filterText !== "";
  const title = isFiltered ? `Nothing matches "${list.filterText}".` : "No app has failures.";
  const advice = isFiltered ? `Backspace, or Esc shows all ${all}.` : `f shows all ${all}.`;
  const wrapped = (text: string): readonly string[] => wrapText(outsideText(text, glyphs), width - 2);
  return [
    line(),
    ...wrapped(title).map((text) => line(bold(` ${text}`))),
    line(),
    ...wrapped(advice + soFar).map((text) => line(dim(` ${text}`))),
  ].slice(0, height);
}
