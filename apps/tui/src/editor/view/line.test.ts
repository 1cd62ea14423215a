import * as fc from "fast-check";
import { expect, test } from "vitest";
import { awkwardNames } from "../../../test/sample-apps.ts";
import { cutLine, fitLine, line, lineText, lineWidth, mergeSpans, spread, type Line } from "./line.ts";

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

function spreadText(left: string, right: string): string {
  return lineText(spread(line(left), line(right), 12, "…"));
}

test("the right part of a line stays whole while the left one is cut, and they never touch", () => {
  expect(spreadText("Adobe Acrobat", "16 ✗")).toBe("Adobe … 16 ✗");
  expect(spreadText("Adobe DC", "16 ✗")).toBe("Adobe … 16 ✗");
  expect(spreadText("Adobe X", "16 ✗")).toBe("Adobe X 16 ✗");
  expect(spreadText("Adobe Acrobat", " 16 ✗")).toBe("Adobe … 16 ✗");
});

function signsOf(spans: Line): readonly string[] {
  return spans.flatMap(({ text, tone = "plain", bold = false }) =>
    Array.from(text, (sign) => `${sign} ${tone} ${bold}`),
  );
}

test("spans of one style become one, and every sign keeps its style", () => {
  const anySpan = fc.record({
    text: anyText,
    tone: fc.constantFrom(undefined, "plain", "dim", "accent"),
    bold: fc.constantFrom(undefined, false, true),
  });
  fc.assert(
    fc.property(fc.array(anySpan), (spans) => {
      const given = spans.map(({ text, tone, bold }) => ({
        text,
        ...(tone !== undefined && { tone }),
        ...(bold !== undefined && { bold }),
      }));
      expect(signsOf(mergeSpans(given))).toEqual(signsOf(given));
    }),
  );
  const spans = [{ text: "a" }, { text: "b", bold: false }, { text: "c", bold: true }, { text: "d" }];
  expect(mergeSpans(spans)).toEqual([{ text: "ab" }, { text: "c", bold: true }, { text: "d" }]);
});
