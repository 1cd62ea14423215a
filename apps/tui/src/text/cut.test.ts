import * as fc from "fast-check";
import { expect, test } from "vitest";
import { awkwardNames } from "../../test/sample-apps.ts";
import { alignRight, cutStart, cutText, cutWords, wrapText } from "./cut.ts";
import { widthOf } from "./width.ts";

const anyText = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom(...awkwardNames));

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

test("text is aligned at the right, and cut between words so that no number is cut", () => {
  expect(alignRight("16", 5)).toBe("   16");
  expect(cutWords("devices 16 → 2,080", 16, "…")).toBe("devices 16 → …");
});
