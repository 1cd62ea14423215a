import { formatCount } from "../../format-count.ts";
import { narrow } from "../layout.ts";
import type { EditorState } from "../state/editor-state.ts";
import { sortLabel } from "../state/sort.ts";
import type { Glyphs } from "./glyphs.ts";
import { accent, bold, dim, line, spread, type Line } from "./line.ts";
import { outsideText } from "./outside-text.ts";
import { widthOf } from "./width.ts";

/** The line on top of the list: where the apps come from, and which of them are shown in which order. */
export function headerLine(state: EditorState, glyphs: Glyphs, width: number): Line {
  if (state.screen.name === "filter") return filterLine(state, glyphs, width);
  const host = hostOf(state.baseUrl);
  const right = width < narrow ? shortFacts(state, glyphs) : facts(state, glyphs);
  const title = bold(" Install Summary");
  const left = width < narrow ? line(dim(` ${host}`)) : line(title, dim(`  ${host}`));
  return spread(left, line(right, " "), width, glyphs.ellipsis);
}

/** The server, as short as a person knows it. */
export function hostOf(baseUrl: string): string {
  return URL.parse(baseUrl)?.host ?? baseUrl;
}

function filterLine({ list }: EditorState, glyphs: Glyphs, width: number): Line {
  const soFar = list.complete ? "" : " so far";
  const right = line(countText(list.rows.length, list.apps.length), dim(`${soFar}   Esc all `));
  const room = Math.max(8, width - 30);
  const text = outsideText(list.filterText, glyphs);
  // The end of a long text is where the person types.
  const shown = widthOf(text) > room ? glyphs.ellipsis + text.slice(-room) : text;
  return spread(line(accent(" / "), bold(shown), accent(glyphs.caret)), right, width, glyphs.ellipsis);
}

function facts(state: EditorState, glyphs: Glyphs): Line {
  const { list, staging } = state;
  const separator = ` ${glyphs.dot} `;
  const arrow = list.sort.descending ? glyphs.descending : glyphs.ascending;
  const sorted = list.bestFirst ? "best match first" : `by ${sortLabel(list.sort)} ${arrow}`;
  const count = list.count ?? list.apps.length;
  const apps = `${countText(list.rows.length, count)} apps`;
  const words = [
    ...(list.apps.length > 0 || list.complete ? [list.complete ? apps : `${apps} so far`] : []),
    ...(list.filterText === "" ? [] : [`filter: ${outsideText(list.filterText, glyphs)}`]),
    ...(list.failuresOnly ? ["has failures"] : []),
    sorted,
  ];
  const staged = staging.apps.size === 0 ? undefined : accent(`${separator}${staging.apps.size} staged`);
  return line(dim(words.join(separator)), staged);
}

function shortFacts({ list, staging }: EditorState, glyphs: Glyphs): Line {
  const arrow = list.sort.descending ? glyphs.descending : glyphs.ascending;
  const { column } = list.sort;
  const sign =
    column === "share" ? "%" : column === "name" ? "A" : column === "changed" ? "t" : glyphs.states[column];
  if (list.apps.length === 0 && !list.complete) return [];
  const count = countText(list.rows.length, list.count ?? list.apps.length).replace(" of ", "/");
  const staged =
    staging.apps.size === 0 ? undefined : accent(` ${glyphs.dot} ${staging.apps.size} ${glyphs.staged}`);
  return line(dim(`${count} ${glyphs.dot} ${sign}${arrow}`), staged);
}

function countText(shown: number, all: number): string {
  return shown === all ? formatCount(all) : `${formatCount(shown)} of ${formatCount(all)}`;
}
