import { expect, test } from "vitest";
import { firstBatchLength, nextBatchLength } from "./batch-length.ts";

test("a batch that took too long is followed by one that takes as long as is wanted", () => {
  expect(nextBatchLength(2000, 100, 25)).toBe(500);
  expect(nextBatchLength(2000, 10_000, 25)).toBe(firstBatchLength);
});

test("a quick batch is followed by one of at most twice its length", () => {
  expect(nextBatchLength(500, 20, 25)).toBe(625);
  expect(nextBatchLength(500, 0, 25)).toBe(1000);
  expect(nextBatchLength(4000, 1, 25)).toBe(5000);
});
