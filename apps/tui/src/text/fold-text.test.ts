import { expect, test } from "vitest";
import { foldLetters, foldText } from "./fold-text.ts";

test.each([
  ["Straße", "STRASSE"],
  ["ẞ", "ss"],
  ["ΟΔΟΣ", "οδος"],
  ["ﬁx", "FIX"],
  ["İ", "i\u0307"],
  ["Cafe\u0301", "CAFÉ"],
])("%s is %s", (one, other) => {
  expect(foldText(one)).toBe(foldText(other));
});

test("letters of one fold in an expression without case keep theirs", () => {
  expect(foldLetters("iOS МойОфис Straße İş J\u030C ſ\u0301")).toBe("iOS МойОфис Strasse i\u0307ş ǰ ś");
});
