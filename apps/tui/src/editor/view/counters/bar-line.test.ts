import { counterNames } from "@install-summary/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { listedApp } from "../../../../test/sample-apps.ts";
import { barCells, barLines } from "./bar-line.ts";
import { compactShare, shareText } from "./share-text.ts";
import { unicodeGlyphs } from "../glyphs.ts";
import { lineText, lineWidth } from "../line.ts";

test("a bar shows every state that there is, however rare, and the share that failed", () => {
  const { installSummary } = listedApp(1, "Google", { failedDeviceCount: 8 });
  expect(barLines(installSummary, installSummary, "device", 39, unicodeGlyphs).map(lineText)).toEqual([
    " devices █████████████████✗░░·▒  0.3 %",
  ]);
});

test("what is staged has a bar of its own, and says so", () => {
  const before = listedApp(1, "Google").installSummary;
  const after = listedApp(1, "Google", { failedUserCount: 800 }).installSummary;
  expect(barLines(before, after, "device", 39, unicodeGlyphs)).toHaveLength(1);
  expect(barLines(before, after, "user", 39, unicodeGlyphs).map(lineText)).toEqual([
    " users   █████████████████✗░·▒▒  0.3 %",
    "  staged █████████████✗✗✗✗✗░·▒▒   23 %",
  ]);
});

test("an app without devices and users has an empty bar", () => {
  const none = Object.fromEntries(counterNames.map((name) => [name, 0]));
  const { installSummary } = listedApp(1, "Empty", none);
  const [bar] = barLines(installSummary, installSummary, "user", 43, unicodeGlyphs);
  expect(lineText(bar ?? [])).toMatch(/^ users {3}·+ {4}0 %$/);
});

test("the cells of a bar fill it exactly wherever there are more cells than states", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(2_147_483_647), { minLength: 5, maxLength: 5 }),
      fc.integer({ min: 10, max: 200 }),
      (values, width) => {
        const cells = barCells(values, width);
        const isEmpty = values.every((value) => value === 0);
        expect(cells.reduce((sum, count) => sum + count, 0)).toBe(isEmpty ? 0 : width);
        expect(values.filter((value, index) => value > 0 && (cells[index] ?? 0) === 0)).toEqual([]);
      },
    ),
  );
});

test("a bar is never wider than its pane", () => {
  fc.assert(
    fc.property(fc.nat(5_000), fc.integer({ min: 40, max: 70 }), (count, width) => {
      const { installSummary } = listedApp(1, "Any", { failedDeviceCount: count });
      for (const bar of barLines(installSummary, installSummary, "device", width, unicodeGlyphs)) {
        expect(lineWidth(bar)).toBeLessThanOrEqual(width);
      }
    }),
  );
});

test.each([
  [0, 100, "0 %"],
  [1, 2000, "<0.1 %"],
  [8, 2480, "0.3 %"],
  [12, 100, "12 %"],
  [1, 1, "100 %"],
  [0, 0, "0 %"],
])("%i of %i is %s", (part, total, text) => {
  expect(shareText(part, total)).toBe(text);
});

test.each([
  [0, 100, "0 %"],
  [1, 200, "<1 %"],
  [8, 100, "8 %"],
  [1, 1, "100 %"],
])("in a column %i of %i is %s", (part, total, text) => {
  expect(compactShare(part, total)).toBe(text);
});
