import type { Steps } from "./parts.ts";

/** Tells which of two items comes first, as for `toSorted`. */
export type Compare<Item> = (one: Item, other: Item) => number;

/** After how many items others have their turns. */
const stepLength = 1000;

/** Merges runs, each of which is in order, into one, and leaves what is behind its first `limit` items. */
export function* mergeRuns<Item>(
  runs: readonly (readonly Item[])[],
  compare: Compare<Item>,
  limit: number,
): Steps<readonly Item[]> {
  let count = 0;

  function* merge(one: readonly Item[], other: readonly Item[]): Steps<readonly Item[]> {
    const merged: Item[] = [];
    let otherAt = 0;
    while (merged.length < limit) {
      const [first, second] = [one[merged.length - otherAt], other[otherAt]];
      const isSecond = first === undefined || (second !== undefined && compare(first, second) > 0);
      const next = isSecond ? second : first;
      if (next === undefined) break;
      merged.push(next);
      if (isSecond) otherAt += 1;
      count += 1;
      if (count % stepLength === 0) yield;
    }
    return merged;
  }

  let level = runs;
  while (level.length > 1) {
    const merged: (readonly Item[])[] = [];
    for (let at = 0; at < level.length; at += 2) {
      merged.push(yield* merge(level[at] ?? [], level[at + 1] ?? []));
    }
    level = merged;
  }
  return level[0] ?? [];
}
