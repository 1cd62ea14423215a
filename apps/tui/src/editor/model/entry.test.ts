import { counterMaximum } from "@install-summary/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatCount } from "../../words/format-count.ts";
import { parseEntry } from "./entry.ts";

test.each([
  ["8", 8, 8],
  ["0", 0, 0],
  ["007", 7, 7],
  [" 8 ", 8, 8],
  ["1,204", 1204, 1204],
  ["1 204", 1204, 1204],
  ["1'204'567", 1_204_567, 1_204_567],
  ["1\u00a0204", 1204, 1204],
  ["2147483647", counterMaximum, counterMaximum],
  ["+5", { add: 5 }, 21],
  ["-3", { add: -3 }, 13],
  ["−3", { add: -3 }, 13],
  ["+1,000", { add: 1000 }, 1016],
  ["-16", { add: -16 }, 0],
  ["4.0", 4, 4],
])("%j on 16 is read", (text, edit, value) => {
  expect(parseEntry(text, 16)).toEqual({ kind: "edit", edit, value });
});

test.each([
  ["1.5", "must be a whole number"],
  ["x", "must be a whole number"],
  ["1e3", "write the number out, without e"],
  ["--1", "must be a whole number"],
  ["1,20", "must be a whole number"],
  ["1,204 567", "must be a whole number"],
  ["1.204", "type 1204 without the point"],
  ["1.000", "type 1000 without the point"],
  ["1.204.567", "type 1204567 without the point"],
  ["2147483648", "must be between 0 and 2,147,483,647"],
  ["4000000000", "must be between 0 and 2,147,483,647"],
  ["9".repeat(24), "must be between 0 and 2,147,483,647"],
  ["-20", "16 − 20 is below 0"],
  ["+2147483647", "16 + 2,147,483,647 is above 2,147,483,647"],
  ["+4000000000", "16 + 4000000000 is above 2,147,483,647"],
  ["-4000000000", "16 − 4000000000 is below 0"],
])("%j on 16 is refused with its reason", (text, reason) => {
  expect(parseEntry(text, 16)).toEqual({ kind: "refused", reason });
});

test.each([
  ["+", "add how much?"],
  ["-", "take off how much?"],
  ["−", "take off how much?"],
])("%j is not finished, which is not wrong yet", (text, reason) => {
  expect(parseEntry(text, 16)).toEqual({ kind: "unfinished", reason });
});

test("an empty entry is nothing", () => {
  expect(parseEntry("  ", 16)).toEqual({ kind: "nothing" });
});

test("every counter that the editor shows can be typed as it is shown", () => {
  fc.assert(
    fc.property(fc.nat(counterMaximum), (value) => {
      expect(parseEntry(formatCount(value), 16)).toEqual({ kind: "edit", edit: value, value });
    }),
  );
});

test("no text makes a value outside the range of a counter", () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^[+-]?[0-9., ']{1,14}$/));
  fc.assert(
    fc.property(text, fc.nat(counterMaximum), (typed, base) => {
      const reading = parseEntry(typed, base);
      if (reading.kind !== "edit") return;
      expect(Number.isInteger(reading.value)).toBe(true);
      expect(reading.value).toBeGreaterThanOrEqual(0);
      expect(reading.value).toBeLessThanOrEqual(counterMaximum);
    }),
  );
});
