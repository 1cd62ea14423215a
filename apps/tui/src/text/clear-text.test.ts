import { expect, test } from "vitest";
import { clearText } from "./clear-text.ts";

test.each([
  ["App\u200d", "App⟨U+200D⟩"],
  ["a\u200c b", "a⟨U+200C⟩ b"],
  ["\u001b\u200d[2J", "␛⟨U+200D⟩[2J"],
])("%j is shown as %s", (text, shown) => {
  expect(clearText(text)).toBe(shown);
});

test.each(["👩‍💻", "👩🏽‍🚒", "❤️‍🔥", "می‌خواهم", "क्‍ष"])("%s stays as it is", (text) => {
  expect(clearText(text)).toBe(text);
});
