import * as fc from "fast-check";
import { expect, test } from "vitest";
import { awkwardNames } from "../../test/sample-apps.ts";
import { initialsOf } from "./initials.ts";

const wordStart = String.raw`(?<![\p{L}\p{M}\d])`;

/** The same as one expression, which takes all ways to place letters one after the other. */
function byExpression(typed: string, name: string): unknown {
  const letters = typed.match(/[\p{L}\d]\p{M}*/gu) ?? [];
  const expression = wordStart + letters.map((one) => `(${one})`).join(`(?:|.*?${wordStart})`);
  return new RegExp(expression, "iud").exec(name)?.indices?.slice(1);
}

const sign = fc.constantFrom(
  "a",
  "b",
  "A",
  " ",
  " ",
  "-",
  "1",
  "é",
  "e\u0301",
  "給",
  "𠮷",
  "ſ",
  "s",
  "K",
  "k",
  "İ",
  "ı",
);
const short = fc.oneof(fc.string({ unit: sign, maxLength: 16 }), fc.constantFrom(...awkwardNames));
const typed = fc.string({
  unit: fc.constantFrom("a", "b", "1", "é", "e\u0301", "給", "𠮷", "s", "k", "i"),
  minLength: 3,
  maxLength: 6,
});

test("the beginnings of words are found where an expression finds them", () => {
  fc.assert(
    fc.property(typed, short, (letters, text) => {
      const name = text.replaceAll(/\s/g, " ");
      expect(initialsOf(letters)?.(name)).toEqual(byExpression(letters, name));
    }),
  );
});

test.each([
  ["of many words", `${"a".repeat(39)}z`, `${"a ".repeat(500)}cz`],
  ["of one letter", `${"a".repeat(39)}z`, `${"a".repeat(1000)} cz`],
  ["of words of two letters", `${"ab".repeat(19)}z`, `${"ab ".repeat(330)}cz`],
])("a name %s is read in one go", (_, letters, name) => {
  expect(initialsOf(letters)?.(name)).toBeUndefined();
  expect(initialsOf(letters)?.(`${name} z`)).toHaveLength(letters.length);
});
