import { addedApps } from "../../model/live.ts";
import { formatCount } from "../../../words/format-count.ts";
import type { EditorState } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import { cutText, wrapText } from "../../../text/cut.ts";
import { bold, dim, line, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";

/** How many apps others have added that the list lacks. */
export function newAppsText(count: number): string {
  return count === 1
    ? "1 new app is not in the list yet"
    : `${formatCount(count)} new apps are not in the list yet`;
}

/** What a list shows whose filter hides all apps: why it is empty, and which key shows them. */
export function emptyListLines(
  state: EditorState,
  glyphs: Glyphs,
  width: number,
  height: number,
): readonly Line[] {
  const { list, screen } = state;
  const all = formatCount(list.apps.length);
  const soFar = list.complete ? "" : " Not all have been read yet.";
  const isFiltered = list.filterText !== "";
  // What to do is said below it, so a text that is long, such as a paste, is cut.
  const text = cutText(outsideText(list.filterText, glyphs), width * 2, glyphs.ellipsis);
  const title = isFiltered ? `Nothing matches "${text}".` : "No app has failures.";
  const advice = isFiltered ? `Backspace, or Esc shows all ${all}.` : `f shows all ${all}.`;
  const read = screen.name === "filter" ? "Enter, then R reads it" : "R reads it";
  const count = addedApps(state);
  const added = count === 0 ? undefined : `${newAppsText(count)}: ${read}.`;
  const wrapped = (words: string): readonly string[] => wrapText(words, width - 2);
  return [
    line(),
    ...wrapped(title).map((row) => line(bold(` ${row}`))),
    line(),
    ...wrapped(advice + soFar).map((row) => line(dim(` ${row}`))),
    ...(added === undefined ? [] : [line(), ...wrapped(added).map((row) => line(` ${row}`))]),
  ].slice(0, height);
}
