import type { TrendPoint } from "../../../changes/trend.ts";
import type { Glyphs } from "../glyphs.ts";

/**
 * A row of blocks, the lowest value the lowest block and the highest the highest. A part of which nothing is known has a
 * sign of its own, so that it never looks like 0; values that are all the same are level, in the middle where they are
 * not 0.
 */
export function sparkline(points: readonly TrendPoint[], { blocks, unknown }: Glyphs): string {
  const known = points.filter((point) => point !== undefined);
  const lowest = Math.min(...known);
  const highest = Math.max(...known);
  const level = lowest === 0 ? 0 : Math.floor(blocks.length / 2) - 1;
  return points
    .map((point) => {
      if (point === undefined) return unknown;
      const height =
        highest === lowest
          ? level
          : Math.round(((point - lowest) / (highest - lowest)) * (blocks.length - 1));
      return blocks[height] ?? unknown;
    })
    .join("");
}
