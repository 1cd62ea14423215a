import type { AppPosition } from "@install-summary/core/service";
import { mergeRuns, type Compare } from "./merge-runs.ts";
import type { WantedPositions } from "./part-sql.ts";
import type { Steps } from "./parts.ts";

/** The first positions of those that the parts of a scan find. */
export interface KeptPositions {
  /** What is to be looked for in the next part. */
  wanted(): WantedPositions;
  /** Adds what a part has found, in order. */
  add(found: readonly AppPosition[]): void;
  /** Whether what is new is as much as what is kept may be, so that it is worth to be sorted. */
  isFull(): boolean;
  /** Sorts what is new among the others, keeps the first ones and returns them. */
  settle(): Steps<readonly AppPosition[]>;
}

/** Which positions are kept. */
export interface KeptOptions {
  readonly compare: Compare<AppPosition>;
  /** How many are kept at most. It becomes fewer where they would take too many bytes. */
  readonly limit: number;
  /** How many bytes they may take now, with those that are new. */
  readonly maxBytes: () => number;
}

/** Creates what keeps positions. At most half of the bytes are left for what is kept, so that there is room for much that is new. */
export function createKeptPositions({ compare, limit, maxBytes }: KeptOptions): KeptPositions {
  let most = limit;
  let kept: readonly AppPosition[] = [];
  let runs: (readonly AppPosition[])[] = [];
  let added = 0;
  let bytes = 0;
  return {
    wanted: () => ({ limit: most, before: kept[most - 1] }),
    add(found) {
      if (found.length === 0) return;
      runs.push(found);
      added += found.length;
      for (const position of found) bytes += bytesOf(position);
    },
    isFull: () => added >= most || bytes > maxBytes(),
    *settle() {
      const news = yield* mergeRuns(runs, compare, most);
      const all = yield* mergeRuns([kept, news], compare, most);
      kept = all.slice(0, countFitting(all, maxBytes() / 2));
      if (kept.length < all.length) most = kept.length;
      runs = [];
      added = 0;
      bytes = kept.reduce((sum, position) => sum + bytesOf(position), 0);
      return kept;
    },
  };
}

/** How many of the first positions take so many bytes at most; one at least, so that a scan comes further. */
function countFitting(positions: readonly AppPosition[], maxBytes: number): number {
  let bytes = 0;
  const end = positions.findIndex((position) => {
    bytes += bytesOf(position);
    return bytes > maxBytes;
  });
  return end === -1 ? positions.length : Math.max(1, end);
}

/** About how many bytes a position takes, where its texts have letters beyond Latin ones. */
function bytesOf(position: AppPosition): number {
  let bytes = 64;
  for (const value of position) bytes += typeof value === "string" ? 32 + 2 * value.length : 8;
  return bytes;
}
