import { timeText } from "../../../words/clock-time.ts";
import { narrow } from "../../model/layout.ts";
import type { EditorState, FilterScreen } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import { cutStart, cutText } from "../../../text/cut.ts";
import { accent, bold, dim, line, lineWidth, spread, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";
import { countText, longFacts, newText, shortFacts } from "./header-facts.ts";
import { widthOf } from "../../../text/width.ts";

/** Left and right never touch. */
const gap = 2;
/** A filter needs at least this many visible cells to say something. */
const minFilter = 6;
/** How much of a long host tells it from others. */
const shortHost = 16;
/** How much of a text that is being typed stays visible. */
const minRoom = 12;

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
