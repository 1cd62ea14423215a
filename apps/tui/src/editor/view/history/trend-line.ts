import type { CounterName } from "@install-summary/core";
import { trendDays, trendOf, type TrendPoint } from "../../../changes/trend.ts";
import { formatCount } from "../../../words/format-count.ts";
import { widthOf } from "../../../text/width.ts";
import { findApp } from "../../model/app-list.ts";
import type { EditorState } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import { accent, dim, line, type Line } from "../line.ts";
import { sparkline } from "./sparkline.ts";
import type { KnownApp } from "../../../words/known-app.ts";

/** The parts of a trend are at most so many: a day each. */
const maxParts = trendDays;
/** With fewer parts a trend says nothing. */
const minParts = 8;

/**
 * The trend of a counter over the last days behind a title, with its first and its last value; undefined where it is not
 * known, or has no room.
 */
export function trendLine(
  state: EditorState,
  app: KnownApp,
  counter: CounterName,
  title: string,
  glyphs: Glyphs,
  width: number,
): Line | undefined {
  const trend = readTrend(state, app, counter, glyphs);
  if (trend === undefined) return undefined;
  const span = ` in ${trendDays} days`;
  const room = width - widthOf(title) - widthOf(trend.ends) - 4;
  const parts = Math.min(maxParts, room);
  if (parts < minParts) return undefined;
  const after = room - parts >= span.length ? span : "";
  return line(dim(`${title}  `), accent(trend.draw(parts)), ` ${trend.ends}`, dim(after));
}

/**
 * The trends of counters in columns, each in at most `width` cells, row by row in a column; the values go first where room is
 * short. Undefined where they are not known.
 */
export function trendColumns(
  state: EditorState,
  app: KnownApp,
  columns: readonly (readonly CounterName[])[],
  glyphs: Glyphs,
  width: number,
): readonly (readonly Line[])[] | undefined {
  const trends = columns.map((names) => names.flatMap((name) => readTrend(state, app, name, glyphs) ?? []));
  if (trends.some((column, index) => column.length < (columns[index]?.length ?? 0))) return undefined;
  // One row has the same days as the next.
  const besides = trends.map((column) => {
    const widest = Math.max(...column.map(({ ends }) => widthOf(ends)));
    return Math.min(maxParts, width - 1 - widest);
  });
  const hasRoom = besides.every((beside) => beside >= minParts);
  const alone = Math.min(maxParts, width);
  return trends.map((column, index) =>
    column.map(({ draw, ends }) =>
      hasRoom ? line(accent(draw(besides[index] ?? alone)), ` ${ends}`) : line(accent(draw(alone))),
    ),
  );
}

interface DrawnTrend {
  /** The first and the last value. */
  readonly ends: string;
  readonly draw: (parts: number) => string;
}

function readTrend(
  { trends, now, list }: EditorState,
  app: KnownApp,
  counter: CounterName,
  glyphs: Glyphs,
): DrawnTrend | undefined {
  const trend = trends.get(app.id);
  if (trend?.kind !== "known") return undefined;
  const { installSummary } = findApp(list, app.id) ?? app;
  const points = (parts: number): readonly TrendPoint[] =>
    trendOf(trend, installSummary, counter, now, parts);
  return { ends: endsOf(points(maxParts), glyphs), draw: (parts) => sparkline(points(parts), glyphs) };
}

/** The first value that is known and the last one. */
function endsOf(points: readonly TrendPoint[], glyphs: Glyphs): string {
  const first = points.find((point) => point !== undefined);
  const last = points.at(-1);
  if (first === undefined || last === undefined) return "";
  if (points.every((point) => point === undefined || point === last)) return formatCount(last);
  return `${formatCount(first)} ${glyphs.to} ${formatCount(last)}`;
}
