import type { AppPosition } from "@install-summary/core/service";
import { expect, test } from "vitest";
import { createKeptPositions, type KeptOptions } from "./kept-positions.ts";
import { takeAll } from "./parts.ts";

const compare = ([one]: AppPosition, [other]: AppPosition): number => Number(one) - Number(other);

interface Kept {
  readonly numbers: readonly number[];
  readonly sorts: number;
  readonly comparisons: number;
  readonly peakBytes: number;
}

/** Keeps positions of 72 bytes each that come in parts of ten, the last ones first: the worst order. */
function keepNumbers(count: number, options: Pick<KeptOptions, "limit" | "maxBytes">): Kept {
  let [sorts, comparisons, bytes, peakBytes] = [0, 0, 0, 0];
  const kept = createKeptPositions({
    ...options,
    compare(one, other) {
      comparisons += 1;
      return compare(one, other);
    },
  });
  for (let part = count / 10 - 1; part >= 0; part -= 1) {
    kept.add(Array.from({ length: 10 }, (_, at) => [part * 10 + at]));
    bytes += 10 * 72;
    peakBytes = Math.max(peakBytes, bytes);
    if (!kept.isFull()) continue;
    sorts += 1;
    bytes = takeAll(kept.settle()).length * 72;
  }
  const numbers = takeAll(kept.settle()).map(([number]) => Number(number));
  return { numbers, sorts: sorts + 1, comparisons, peakBytes };
}

const numbersTo = (end: number): readonly number[] => Array.from({ length: end }, (_, at) => at);

test.each([1, 9, 100, 1000, 20_000])("of 10,000 positions the first %i are kept", (limit) => {
  const { numbers } = keepNumbers(10_000, { limit, maxBytes: () => Infinity });
  expect(numbers).toEqual(numbersTo(Math.min(limit, 10_000)));
});

test("what is kept is sorted once as much again is new, however many parts it comes in", () => {
  const { sorts, comparisons } = keepNumbers(10_000, { limit: 2000, maxBytes: () => Infinity });
  expect(sorts).toBe(6);
  // Each number is in one run of ten, and in eight that are twice as long each.
  expect(comparisons).toBeLessThan(10_000 * 10);
});

test("as many are kept as half of the bytes hold, and as many are new before they are sorted", () => {
  const maxBytes = 72 * 1000;
  const { numbers, sorts, peakBytes } = keepNumbers(10_000, { limit: 5000, maxBytes: () => maxBytes });
  expect(numbers).toEqual(numbersTo(500));
  expect(sorts).toBeLessThanOrEqual(20);
  expect(peakBytes).toBeLessThanOrEqual(maxBytes + 10 * 72);
});

test("where others come fewer bytes are left, and one position at least is kept", () => {
  let maxBytes = 72 * 1000;
  const kept = createKeptPositions({ limit: 900, maxBytes: () => maxBytes, compare });
  kept.add(numbersTo(400).map((number) => [number]));
  expect(kept.isFull()).toBe(false);
  maxBytes = 72 * 100;
  expect(kept.isFull()).toBe(true);
  expect(takeAll(kept.settle())).toHaveLength(50);
  expect(kept.wanted()).toEqual({ limit: 50, before: [49] });
  maxBytes = 0;
  expect(takeAll(kept.settle())).toEqual([[0]]);
});
