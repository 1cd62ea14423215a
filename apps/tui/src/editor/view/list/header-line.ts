import { addedApps } from "../../model/live.ts";
import { timeText } from "../../../words/clock-time.ts";
import { formatCount } from "../../../words/format-count.ts";
import { narrow } from "../../model/layout.ts";
import type { EditorState, FilterScreen } from "../../model/editor-state.ts";
import { sortLabel, type SortColumn } from "../../model/sort.ts";
import type { Glyphs } from "../glyphs.ts";
import { cutStart, cutText } from "../../../text/cut.ts";
import { accent, bold, dim, line, lineWidth, spread, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";
import { linkWord } from "./nothing-loaded-lines.ts";
import { widthOf } from "../../../text/width.ts";

/** Left and right never touch. */
const gap = 2;
/** A filter needs at least this many visible cells to say something. */
const minFilter = 6;
/** How much of a long host tells it from others. */
const shortHost = 16;
/** How much of a text that is being typed stays visible. */
const minRoom = 12;

/** Where changes are forbidden. */
const readOnly = "READ-ONLY";

/** The line on top of the list: where the apps come from, and which of them are shown in which order. */
export function headerLine(state: EditorState, glyphs: Glyphs, width: number): Line {
  if (state.screen.name === "filter") return filterLine(state, state.screen, glyphs, width);
  const isNarrow = width < narrow;
  const title = isNarrow ? [] : line(bold(" Install Summary"));
  const host = hostOf(state.baseUrl);
  const age = isNarrow ? undefined : ageOf(state);
  const aged = age === undefined ? [] : [`${host} ${glyphs.dot} ${age}`];
  const hosts = [...aged, host, cutText(host, shortHost, glyphs.ellipsis)];
  const withHost = hosts.map((shown) => line(title, dim(`${isNarrow ? " " : "  "}${shown}`)));
  const facts = isNarrow ? shortFacts : longFacts;
  const right = (filter: string): Line => line(facts(state, glyphs, filter), " ");
  // Where room is short the filter is cut first, then a long host; then the host goes.
  const text = outsideText(state.list.filterText, glyphs);
  for (const left of [...withHost, title]) {
    const room = width - lineWidth(left) - gap;
    const filter = cutText(text, widthOf(text) - Math.max(0, lineWidth(right(text)) - room), glyphs.ellipsis);
    const isEnough = filter === text || widthOf(filter) >= minFilter;
    if (isEnough && lineWidth(right(filter)) <= room)
      return spread(left, right(filter), width, glyphs.ellipsis);
  }
  return spread(title, right(""), width, glyphs.ellipsis);
}

/** How old the list is: changes of others are seen as they are made, or it is as it was read at a time. */
function ageOf({ live, list, now }: EditorState): string | undefined {
  if (live.link.kind === "live") return "live";
  return list.complete ? `read ${timeText(list.readAt, now)}` : undefined;
}

/** The server, as short as a person knows it. */
export function hostOf(baseUrl: string): string {
  return URL.parse(baseUrl)?.host ?? baseUrl;
}

/** How many apps others have added since the list was read, and which key of the list reads them. */
function newText(state: EditorState): string | undefined {
  const count = addedApps(state);
  return count === 0 ? undefined : `${formatCount(count)} new${state.screen.name === "list" ? ": R" : ""}`;
}

function filterLine(
  state: EditorState,
  { isSelected = false }: FilterScreen,
  glyphs: Glyphs,
  width: number,
): Line {
  const { list } = state;
  const added = newText(state);
  const soFar = list.complete ? (added === undefined ? "" : `, ${added}`) : " so far";
  const count = line(countText(list.rows.length, list.apps.length), dim(soFar));
  const text = outsideText(list.filterText, glyphs);
  const head = accent(" / ");
  const caret = accent(glyphs.caret);
  const roomBeside = (right: Line): number => width - lineWidth(line(head, caret, right)) - gap;
  const rights = [line(count, dim("   Esc all ")), line(count, " ")];
  const right = rights.find((choice) => roomBeside(choice) >= Math.min(widthOf(text), minRoom)) ?? [];
  // The end of a long text is where the person types.
  const end = cutStart(text, roomBeside(right), glyphs.ellipsis);
  const shown = isSelected ? { text: end, inverse: true, said: `${end} selected` } : bold(end);
  return spread(line(head, shown, caret), right, width, glyphs.ellipsis);
}

function longFacts(state: EditorState, glyphs: Glyphs, filter: string): Line {
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

function shortFacts(state: EditorState, glyphs: Glyphs): Line {
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

function columnSign(column: SortColumn, { states }: Glyphs): string {
  if (column === "share") return "%";
  if (column === "name") return "A";
  return column === "changed" ? "changed " : states[column];
}

function countText(shown: number, all: number): string {
  return shown === all ? formatCount(all) : `${formatCount(shown)} of ${formatCount(all)}`;
}
