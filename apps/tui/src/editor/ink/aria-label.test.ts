import { expect, test } from "vitest";
import { unicodeGlyphs } from "../view/glyphs.ts";
import { ariaLabel } from "./aria-label.ts";

test.each([
  ["● ", "staged "],
  ["▸", "here "],
  ["▸≠ Failed devices", "here differs Failed devices"],
  ["16 → 8", "16 to 8"],
  ["by failed ↓", "by failed descending"],
  ["Workday · iOS", "Workday, iOS"],
  ["Workday , iOS", "Workday, iOS"],
  ["███✗✗░", " failed "],
  [" ····", " "],
  ["────────", " "],
  ["↑↓ ←→ counter", "Up Down Left Right counter"],
  ["↑ does nothing here", "Up does nothing here"],
  ["(−8)", "(minus 8)"],
  ["      8   ", "  8  "],
])("%j is said as %j", (text, said) => {
  expect(ariaLabel(text)).toBe(said);
});

test("no sign of the editor is left to be spelt out, and text stays as it is", () => {
  const { states, keys, blocks, ...rest } = unicodeGlyphs;
  const signs = Object.values(rest).filter((sign) => typeof sign === "string");
  const all = [...Object.values(states), ...Object.values(keys), ...blocks, ...signs];
  const left = all.filter((sign) => sign !== "×" && ariaLabel(sign) === sign);
  expect(left).toEqual([]);
  expect(ariaLabel("給与 2.2")).toBe("給与 2.2");
});
