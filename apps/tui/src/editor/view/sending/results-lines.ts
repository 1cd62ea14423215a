import { formatCount } from "../../../words/format-count.ts";
import { narrow, roomy, widestPage } from "../../model/layout.ts";
import type { EditorState, ResultsScreen } from "../../model/editor-state.ts";
import { resultOrder } from "../../model/results.ts";
import { isUnclear, wasSent, type SendItem } from "../../model/sending.ts";
import type { Glyphs } from "../glyphs.ts";
import { bold, dim, line, spread, type Line } from "../line.ts";
import { positionText, scrolled, type Scroll } from "../scrolling.ts";
import { windowOf } from "../window-of.ts";
import { resultDetails } from "./result-details.ts";
import { resultRows } from "./result-rows.ts";
import { isSettledByReading, settledHead } from "./settled-head.ts";

/** What became of each app's change, what needs a person first, and all about the one under the cursor. */
export function resultsLines(
  state: EditorState,
  glyphs: Glyphs,
  columns: number,
  height: number,
): readonly Line[] {
  if (state.screen.name !== "results") return [];
  const { top } = state.screen;
  const { above, details, room } = partsOf(state, state.screen, glyphs, columns, height);
  if (details.length <= room) return [...above, ...details].slice(0, height);
  // The last row says where one is, and how to go on.
  const position = positionText(top, { total: details.length, shown: room - 1 });
  const text = `${position} ${glyphs.dot} Space goes on`;
  return [...above, ...scrolled(details, top, room - 1), line(dim(` ${text}`))].slice(0, height);
}

/** How many lines the details of the result under the cursor have, and how many of them fit. */
export function detailsScroll(
  state: EditorState,
  glyphs: Glyphs,
  columns: number,
  height: number,
): Scroll | undefined {
  if (state.screen.name !== "results") return undefined;
  const { details, room } = partsOf(state, state.screen, glyphs, columns, height);
  const total = details.length;
  return { total, shown: total <= room ? total : room - 1 };
}

interface Parts {
  /** Title and rows. */
  readonly above: readonly Line[];
  readonly details: readonly Line[];
  /** The rows for details. */
  readonly room: number;
}

function partsOf(
  state: EditorState,
  { sending, line: at }: ResultsScreen,
  glyphs: Glyphs,
  columns: number,
  height: number,
): Parts {
  const width = Math.min(columns, widestPage);
  const { items } = sending;
  const current = items[at];
  const isShort = height < roomy;
  const blank = isShort ? [] : [line()];
  const details =
    current === undefined ? [] : resultDetails(current, state, glyphs, width).slice(isShort ? 1 : 0);
  if (current !== undefined && items.length === 1 && isSettledByReading(current)) {
    const above = settledHead(current, summaryOf(items), glyphs, width);
    return { above, details, room: height - above.length };
  }
  const rows = resultRows(items, at, glyphs, width);
  const title = [titleLine(items, at, countBeside(state, items), glyphs, width), ...blank];
  // The app itself stays in sight, whatever there is to say about it; a long list keeps half of the screen.
  const minRows = width < narrow ? 2 : 1;
  const wanted = items.length === 1 ? minRows : Math.min(rows.length, Math.floor(height / 2) - 2);
  const most = Math.max(0, height - title.length - Math.max(minRows, wanted));
  const room = Math.min(most, details.length);
  const cursor = rows.findIndex(({ isCurrent }) => isCurrent);
  const shown = windowOf(rows, cursor, height - title.length - room).map((row) => row.line);
  return { above: [...title, ...shown], details, room };
}

/** How many apps with staged edits were none of what was sent. */
function countBeside({ staging }: EditorState, items: readonly SendItem[]): number {
  const sent = new Set(items.map(({ app }) => app.id));
  return [...staging.apps.keys()].filter((id) => !sent.has(id)).length;
}

function titleLine(
  items: readonly SendItem[],
  at: number,
  beside: number,
  glyphs: Glyphs,
  width: number,
): Line {
  const title = ` ${summaryOf(items)}`;
  const place = resultOrder(items).indexOf(at) + 1;
  const position = items.length > 1 ? [`${formatCount(place)} of ${formatCount(items.length)}`] : [];
  const facts = [
    ...(items.every(({ status }) => status.kind === "sent") ? [] : ["all edits kept"]),
    ...position,
    ...(beside > 0 ? [`${beside === 1 ? "1 app stays" : `${formatCount(beside)} apps stay`} staged`] : []),
  ];
  // What matters least goes first.
  while (facts.length > 0 && title.length + facts.join(" ").length + 4 > width) facts.shift();
  const right = facts.join(` ${glyphs.dot} `);
  return spread(line(bold(title)), line(dim(right === "" ? "" : `${right} `)), width, glyphs.ellipsis);
}

/** How many changes became what: `1 sent, 2 not applied`. */
function summaryOf(items: readonly SendItem[]): string {
  const sent = items.filter(({ status }) => status.kind === "sent").length;
  const unknown = items.filter(isUnclear).length;
  const others = items.filter((item) => item.status.kind !== "sent" && !isUnclear(item));
  const verb = others.some(wasSent) ? "applied" : "sent";
  return [
    ...(sent > 0 ? [`${formatCount(sent)} sent`] : []),
    ...(unknown > 0 ? [`${formatCount(unknown)} not confirmed`] : []),
    ...(others.length > 0 ? [`${formatCount(others.length)} not ${verb}`] : []),
  ].join(", ");
}
