import { expect, test } from "vitest";
import { mergeRuns } from "./merge-runs.ts";
import { takeAll } from "./parts.ts";

const compare = (one: number, other: number): number => one - other;

test.each<[runs: number[][], limit: number, merged: number[]]>([
  [[], 3, []],
  [[[1, 2]], 3, [1, 2]],
  [[[], []], 3, []],
  [[[2, 4], [1, 3, 5], [0]], 9, [0, 1, 2, 3, 4, 5]],
  [[[2, 4], [1, 3, 5], [0]], 4, [0, 1, 2, 3]],
  [[[1], [1], [], [1]], 9, [1, 1, 1]],
])("the runs %j become one of %i at most", (runs, limit, merged) => {
  expect(takeAll(mergeRuns(runs, compare, limit))).toEqual(merged);
});

test("others have their turns after each thousand items, also where there are many short runs", () => {
  const runs = Array.from({ length: 2048 }, (_, at) => [at]);
  // Eleven times all items are merged, in pairs of runs.
  expect([...mergeRuns(runs, compare, 4000)]).toHaveLength(22);
  const [even, odd] = [0, 1].map((first) => Array.from({ length: 2000 }, (_, at) => first + 2 * at));
  expect([...mergeRuns([even ?? [], odd ?? []], compare, 4000)]).toHaveLength(4);
});
