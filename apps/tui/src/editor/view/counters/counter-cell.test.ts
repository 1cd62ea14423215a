import { expect, test } from "vitest";
import { cellLine, fitsGrouped, type CounterCell } from "./counter-cell.ts";
import { unicodeGlyphs } from "../glyphs.ts";
import { lineText } from "../line.ts";

const cell: CounterCell = {
  value: 16,
  edit: undefined,
  isContested: false,
  current: false,
  entry: undefined,
};

test.each<[string, Partial<CounterCell>, number, string]>([
  ["a value", {}, 12, "        16  "],
  ["a grouped value", { value: 2080 }, 12, "     2,080  "],
  ["the largest value where there is room", { value: 2_147_483_647 }, 16, " 2,147,483,647  "],
  ["the largest value, ungrouped where there is none", { value: 2_147_483_647 }, 12, "2147483647  "],
  ["old and new value of an edit", { edit: 8 }, 12, "    16 → 8 ●"],
  ["the new one where there is no room for both", { edit: 1234, value: 5678 }, 12, "     1,234 ●"],
  ["what a relative edit makes", { edit: { add: 5 } }, 12, "   16 → 21 ●"],
  ["an edit that is not decided", { edit: 8, isContested: true }, 12, "    16 → 8 ≠"],
  ["where the person is", { current: true }, 12, "      ▸ 16  "],
  ["an entry", { current: true, entry: "8" }, 12, "   16 → 8▏  "],
  ["a relative entry with its result", { current: true, entry: "+5" }, 17, "  16 → +5▏ = 21  "],
  ["the result alone where there is no room", { current: true, entry: "+5" }, 12, "  +5▏ = 21  "],
  ["a refused entry", { current: true, entry: "1.5" }, 12, " 16 → 1.5▏  "],
  ["the end of a long entry", { current: true, entry: "123456789012" }, 12, "…56789012▏  "],
])("a cell shows %s", (_, part, width, text) => {
  const shown = { ...cell, ...part };
  const form = { width, isGrouped: fitsGrouped(shown, width) };
  const drawn = lineText(cellLine(shown, form, unicodeGlyphs));
  expect(drawn).toBe(text);
});
