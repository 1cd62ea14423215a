import { expect, test } from "vitest";
import { lowestQuarter, median } from "./statistics.ts";

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[], undefined],
])("the median of %j is %j", (values, expected) => {
  expect(median(values)).toBe(expected);
});

test.each([
  [[8, 7, 6, 5, 4, 3, 2, 1], 1.5],
  [[9, 5, 7], 5],
  [[4, 1, 2, 3, 5], 1.5],
  [[], undefined],
])("the lowest quarter of %j has the mean %j", (values, expected) => {
  expect(lowestQuarter(values)).toBe(expected);
});
