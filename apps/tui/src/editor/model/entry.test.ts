import { exampleSummary } from "@install-summary/core/contract";
import { counterMaximum } from "@install-summary/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatCount } from "../../words/format-count.ts";
import { readEntry, readPaste } from "./entry.ts";

const { id } = exampleSummary;

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
])("%j on 16 is read", (text, edit, value) => {
  expect(readEntry(text, 16)).toEqual({ kind: "edit", edit, value });
});

test.each([
  ["1.5", "must be a whole number"],
  ["x", "must be a whole number"],
  ["1e3", "must be a whole number"],
  ["--1", "must be a whole number"],
  ["1,20", "must be a whole number"],
  ["1,204 567", "must be a whole number"],
  ["1.204", "type 1204 without the point"],
  ["1.204.567", "type 1204567 without the point"],
  ["2147483648", "must be between 0 and 2,147,483,647"],
  ["4000000000", "must be between 0 and 2,147,483,647"],
  ["9".repeat(24), "must be between 0 and 2,147,483,647"],
  ["-20", "16 − 20 is below 0"],
  ["+2147483647", "16 + 2,147,483,647 is above 2,147,483,647"],
  ["+", "add how much?"],
  ["-", "take off how much?"],
])("%j on 16 is refused with its reason", (text, reason) => {
  expect(readEntry(text, 16)).toEqual({ kind: "refused", reason });
});

test("an empty entry is nothing", () => {
  expect(readEntry("  ", 16)).toEqual({ kind: "nothing" });
});

test("every counter that the editor shows can be typed as it is shown", () => {
  fc.assert(
    fc.property(fc.nat(counterMaximum), (value) => {
      expect(readEntry(formatCount(value), 16)).toEqual({ kind: "edit", edit: value, value });
    }),
  );
});

test("no text makes a value outside the range of a counter", () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^[+-]?[0-9., ']{1,14}$/));
  fc.assert(
    fc.property(text, fc.nat(counterMaximum), (typed, base) => {
      const reading = readEntry(typed, base);
      if (reading.kind !== "edit") return;
      expect(Number.isInteger(reading.value)).toBe(true);
      expect(reading.value).toBeGreaterThanOrEqual(0);
      expect(reading.value).toBeLessThanOrEqual(counterMaximum);
    }),
  );
});

test.each(["8", "1,204", "1 204", "+5", "-20", "1.5"])("%j pasted is one number", (text) => {
  expect(readPaste(`${text}\n`, id)).toEqual({ kind: "one", text });
});

test.each([
  "1 2 3 4 5 6 7 8 9 10",
  "1,2,3,4,5,6,7,8,9,10",
  "1;2;3;4;5;6;7;8;9;10",
  "1\t2\t3\t4\t5\t6\t7\t8\t9\t10\n",
  "1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\n9\r\n10\r\n",
])("ten numbers pasted as %j are ten values", (text) => {
  expect(readPaste(text, id)).toEqual({ kind: "values", values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] });
});

test("cells of a spreadsheet may be grouped", () => {
  const reading = readPaste("2,080\t16\t272\t72\t48\t2,176\t8\t184\t68\t272", id);
  expect(reading).toEqual({ kind: "values", values: [2080, 16, 272, 72, 48, 2176, 8, 184, 68, 272] });
});

test("a JSON patch pasted is a patch", () => {
  expect(readPaste('{"failedDeviceCount": 8}', id)).toEqual({
    kind: "patch",
    patch: { failedDeviceCount: 8 },
  });
});

test.each([
  ["1 2 3", "3 values were pasted: one, ten, or a JSON patch fit"],
  ["1 2 3 4 5 6 7 8 9 x", "x: must be a whole number"],
  ["1 2 3 4 5 6 7 8 9 +1", "+1 is not a plain number"],
  ["", "nothing was pasted"],
])("%j pasted is refused as a whole", (text, reason) => {
  expect(readPaste(text, id)).toEqual({ kind: "refused", reason });
});

test("a JSON patch with a fault is refused with core's words", () => {
  const reading = readPaste('{"failedDeviceCount": -1}', id);
  expect(reading).toMatchObject({
    kind: "refused",
    reason: expect.stringContaining("'failedDeviceCount' must be between"),
  });
});
