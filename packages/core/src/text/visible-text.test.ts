import * as fc from "fast-check";
import { expect, test } from "vitest";
import { visibleText } from "./visible-text.ts";

test.each([
  ["\u001b[31mred", "␛[31mred"],
  ["a\nb\u0000", "a␊b␀"],
  ["\u007f", "␡"],
  ["\u009b2J", "⟨U+009B⟩2J"],
  ["abc\u202edef", "abc⟨U+202E⟩def"],
  ["7\u00ad-Zip\u3164", "7⟨U+00AD⟩-Zip⟨U+3164⟩"],
  ["a\u{e0061}b", "a⟨U+E0061⟩b"],
  ["\ud83d", "⟨U+D83D⟩"],
  ["\udc00x", "⟨U+DC00⟩x"],
])("%j is shown as %s", (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

test.each(["Contoso 給与計算", "שלום", "👩‍💻 café", "می‌خواهم", "a\u0301", ""])("%s stays as it is", (text) => {
  expect(visibleText(text)).toBe(text);
});

test("a long text is cut, never inside a character", () => {
  expect(visibleText("abcdef", 4)).toBe("abc…");
  expect(visibleText("abcd", 4)).toBe("abcd");
  expect(visibleText("ab😀def", 4)).toBe("ab…");
});

test("no result has a control character or half a surrogate pair", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 20 }), (text, maxLength) => {
      const shown = visibleText(text, maxLength);
      expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
      expect(shown.isWellFormed()).toBe(true);
    }),
  );
});
