import { expect, test } from "vitest";
import { shownWord } from "./shown-word.ts";

test.each([
  ["8", "8"],
  ["", '""'],
  [" ", '" "'],
  ["Contoso VPN", '"Contoso VPN"'],
  ["1\n2", "1␊2"],
  ["\u001b[2J", "␛[2J"],
  ["\u009b2J\u007f", "⟨U+009B⟩2J␡"],
  ["x".repeat(300), `${"x".repeat(99)}…`],
])("%j is shown as %s", (text, shown) => {
  expect(shownWord(text)).toBe(shown);
});
