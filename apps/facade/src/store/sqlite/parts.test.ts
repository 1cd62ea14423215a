import { expect, test } from "vitest";
import { createParts, takeAll, type Steps } from "./parts.ts";

/** The lengths of parts whose rows each take so many milliseconds. */
function lengthsOf(...msPerRow: readonly number[]): readonly number[] {
  let time = 0;
  const readPart = createParts(() => time);
  return msPerRow.map((ms) =>
    readPart((length) => {
      time += length * ms;
      return length;
    }),
  );
}

test("parts grow while they are quick, and take about as long then", () => {
  expect(lengthsOf(0, 0, 0, 0)).toEqual([50, 200, 800, 3200]);
  expect(lengthsOf(0.01, 0.01, 0.01, 0.01, 0.01)).toEqual([50, 200, 800, 1000, 1000]);
});

test("parts of dear rows are short, of ten rows at least", () => {
  expect(lengthsOf(0.5, 0.5, 5, 5)).toEqual([50, 20, 20, 10]);
  expect(lengthsOf(10, 100, 100)).toEqual([50, 10, 10]);
});

test("a part has a cost of its own, for which those behind it do not become shorter without end", () => {
  let time = 0;
  const readPart = createParts(() => time);
  const lengths = Array.from({ length: 100 }, () =>
    readPart((length) => {
      time += 12 + length * 0.001;
      return length;
    }),
  );
  expect(Math.min(...lengths)).toBe(10);
});

test("parts that cost nothing, as in a hole, have a largest length", () => {
  expect(lengthsOf(...Array<number>(20).fill(0)).slice(-2)).toEqual([20_000, 20_000]);
});

function* steps(): Steps<string> {
  yield;
  yield;
  return "done";
}

test("steps that are all taken at once come to their result", () => {
  expect(takeAll(steps())).toBe("done");
});
