import * as fc from "fast-check";
import { expect, test } from "vitest";
import { awkwardNames } from "../../../test/sample-apps.ts";
import {
  alignRight,
  cutLine,
  cutStart,
  cutText,
  fitLine,
  line,
  lineText,
  lineWidth,
  spread,
  wrapText,
} from "./line.ts";
import { widthOf } from "../../text/width.ts";

test.each([
  ["Adobe Acrobat", 20, "Adobe Acrobat"],
  ["Adobe Acrobat", 13, "Adobe Acrobat"],
  ["Adobe Acrobat", 12, "Adobe Acrob…"],
  ["給与計算", 8, "給与計算"],
  ["給与計算", 7, "給与計…"],
  ["給与計算", 6, "給与…"],
  ["👩‍💻👩‍💻", 4, "👩‍💻👩‍💻"],
  ["👩‍💻👩‍💻", 3, "👩‍💻…"],
  ["e\u0301e\u0301e\u0301", 2, "e\u0301…"],
  ["Adobe", 1, "…"],
  ["Adobe", 0, ""],
])("%j in %i cells is %j", (text, width, cut) => {
  expect(cutText(text, width, "…")).toBe(cut);
});

const anyText = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom(...awkwardNames));

test("a cut line is never wider than asked, a fitted one never of another width", () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 4 }), fc.nat(60), (texts, width) => {
      const spans = line(...texts);
      expect(lineWidth(cutLine(spans, width, "…"))).toBeLessThanOrEqual(width);
      expect(lineWidth(fitLine(spans, width, "…"))).toBe(width);
      expect(lineWidth(spread(spans, line("42 ✗"), width, "…"))).toBe(width);
    }),
  );
});

test("wrapped text loses nothing but the blanks at which it is broken", () => {
  fc.assert(
    // One sign may take more than two cells, such as a note with its flags.
    fc.property(anyText, fc.integer({ min: 8, max: 40 }), (text, width) => {
      const rows = wrapText(text, width);
      expect(rows.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      expect(rows.filter((row) => widthOf(row) > width)).toEqual([]);
    }),
  );
});

test("a word that is longer than a row is broken inside", () => {
  expect(wrapText("at deviceAppManagement", 10)).toEqual(["at", "deviceAppM", "anagement"]);
});

test("the right part of a line stays whole while the left one is cut", () => {
  expect(lineText(spread(line("Adobe Acrobat"), line("16 ✗"), 12, "…"))).toBe("Adobe A…16 ✗");
  expect(alignRight("16", 5)).toBe("   16");
});

test.each([
  ["Adobe", 5, "Adobe"],
  ["Adobe Acrobat", 5, "…obat"],
  ["給与計算", 7, "…与計算"],
  ["給与計算", 6, "…計算"],
  ["a👩‍💻👩‍💻", 4, "…👩‍💻"],
  ["e\u0301e\u0301e\u0301", 2, "…e\u0301"],
  ["Adobe", 1, "…"],
  ["Adobe", 0, ""],
])("the end of %j in %i cells is %j", (text, width, cut) => {
  expect(cutStart(text, width, "…")).toBe(cut);
});
