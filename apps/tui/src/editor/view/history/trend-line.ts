import type { CounterName } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { trendDays, trendOf, type TrendPoint } from "../../../changes/trend.ts";
import { formatCount } from "../../../words/format-count.ts";
import { widthOf } from "../../../text/width.ts";
import type { EditorState } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import { accent, dim, line, type Line } from "../line.ts";
import { sparkline } from "./sparkline.ts";

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
  app: ListedApp,
  counter: CounterName,
  title: string,
  glyphs: Glyphs,
  width: number,
): Line | undefined {
  const trend = state.trends.get(app.id);
  if (trend?.kind !== "known") return undefined;
  const points = (parts: number): readonly TrendPoint[] =>
    trendOf(trend, app.installSummary, counter, state.now, parts);
  const ends = endsOf(points(maxParts), glyphs);
  const span = ` in ${trendDays} days`;
  const room = width - widthOf(title) - widthOf(ends) - 3;
  const parts = Math.min(maxParts, room);
  if (parts < minParts) return undefined;
  const isRoomy = room - parts >= span.length;
  return line(
    dim(`${title}  `),
    accent(sparkline(points(parts), glyphs)),
    ` ${ends}`,
    isRoomy ? dim(span) : undefined,
  );
}

/** The first value that is known and the last one. */
function endsOf(points: readonly TrendPoint[], glyphs: Glyphs): string {
  const first = points.find((point) => point !== undefined);
  const last = points.at(-1);
  if (first === undefined || last === undefined) return "";
  if (points.every((point) => point === undefined || point === last)) return formatCount(last);
  return `${formatCount(first)} ${glyphs.to} ${formatCount(last)}`;
}
