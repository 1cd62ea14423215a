import { formatCount } from "../../../words/format-count.ts";
import { addedApps } from "../../model/live.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { sortLabel, type SortColumn } from "../../model/sort.ts";
import type { Glyphs } from "../glyphs.ts";
import { accent, bold, dim, line, type Line } from "../line.ts";
import { linkWord } from "./nothing-loaded-lines.ts";

/** Where changes are forbidden. */
const readOnly = "READ-ONLY";

/** Which of the apps are shown in which order, and how many are staged. */
export function longFacts(state: EditorState, glyphs: Glyphs, filter: string): Line {
  const { list, staging, link, isReadOnly } = state;
  if (list.apps.length === 0 && !list.complete) return line(dim(linkWord(link)));
  const separator = ` ${glyphs.dot} `;
  const arrow = list.sort.descending ? glyphs.descending : glyphs.ascending;
  const sorted = list.byMatch ? "best match first" : `by ${sortLabel(list.sort)} ${arrow}`;
  const count = list.count ?? list.apps.length;
  const apps = `${countText(list.rows.length, count)} ${count === 1 ? "app" : "apps"}`;
  const added = newText(state);
  const words = [
    list.complete ? apps : `${apps} so far`,
    ...(added === undefined ? [] : [added]),
    ...(filter === "" ? [] : [`filter: ${filter}`]),
    ...(list.failuresOnly ? ["has failures"] : []),
    sorted,
  ];
  const staged = staging.apps.size === 0 ? undefined : accent(`${separator}${staging.apps.size} staged`);
  return line(isReadOnly ? bold(`${readOnly}${separator}`) : undefined, dim(words.join(separator)), staged);
}

/** The same for a narrow terminal. */
export function shortFacts(state: EditorState, glyphs: Glyphs): Line {
  const { list, staging, link, isReadOnly } = state;
  const arrow = list.sort.descending ? glyphs.descending : glyphs.ascending;
  const { column } = list.sort;
  const sign = columnSign(column, glyphs);
  if (list.apps.length === 0 && !list.complete) return line(dim(linkWord(link)));
  const count = countText(list.rows.length, list.count ?? list.apps.length).replace(" of ", "/");
  const staged =
    staging.apps.size === 0 ? undefined : accent(` ${glyphs.dot} ${staging.apps.size} ${glyphs.staged}`);
  const forbidden = isReadOnly ? bold(`${readOnly} ${glyphs.dot} `) : undefined;
  const added = newText(state);
  const apps = added === undefined ? count : `${count} ${glyphs.dot} ${added}`;
  return line(forbidden, dim(`${apps} ${glyphs.dot} ${sign}${arrow}`), staged);
}

/** How many apps others have added since the list was read, and which key of the list reads them. */
export function newText(state: EditorState): string | undefined {
  const count = addedApps(state);
  return count === 0 ? undefined : `${formatCount(count)} new${state.screen.name === "list" ? ": R" : ""}`;
}

function columnSign(column: SortColumn, { states }: Glyphs): string {
  if (column === "share") return "%";
  if (column === "name") return "A";
  return column === "changed" ? "changed " : states[column];
}

/** How many apps of all are shown. */
export function countText(shown: number, all: number): string {
  return shown === all ? formatCount(all) : `${formatCount(shown)} of ${formatCount(all)}`;
}
