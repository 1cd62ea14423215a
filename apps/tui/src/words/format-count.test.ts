import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatCount, formatDelta, groupNumbers } from "./format-count.ts";

test("counts are grouped in threes", () => {
  expect([0, 272, 2080, 2_147_483_647].map(formatCount)).toEqual(["0", "272", "2,080", "2,147,483,647"]);
});

test("a difference shows its sign, with a minus as wide as the plus", () => {
  expect([3, -8, 0, -1204].map(formatDelta)).toEqual(["+3", "−8", "0", "−1,204"]);
});

test("every integer is grouped as Intl groups it", () => {
  const english = new Intl.NumberFormat("en-US");
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 33), max: 2 ** 33 }), (count) => {
      expect(formatCount(count)).toBe(english.format(count).replace("-", "−"));
    }),
  );
});

test("the whole numbers of a sentence are grouped, fractions and short ones are not", () => {
  expect(groupNumbers("Up to 12480 instead of 2488: 0.32 % and 0.12345, version 7.")).toBe(
    "Up to 12,480 instead of 2,488: 0.32 % and 0.12345, version 7.",
  );
});
