import { expect, test } from "vitest";
import { parseEditedJson } from "./parse-edited-json.ts";

const parse = (text: string): unknown => parseEditedJson(text, (why) => new Error(why));

test.each([
  ['{\n"a": 1, "a": 2}', "'a' is repeated at line 2, column 9"],
  ['{"a": [{"b": 1,\n"b": 1}]}', "'b' is repeated at line 2, column 1"],
  ['{"a": }', "it is not JSON: Invalid JSON at line 1, column 7"],
  ["[".repeat(101), "it is nested too deeply: Too many levels at line 1, column 101"],
])("%j is refused with why and where", (text, why) => {
  expect(() => parse(text)).toThrow(new Error(why));
});

test("all else is what JSON.parse gives, but a number that would be rounded, which is no number", () => {
  const text = '{"a": [1, 2.5, null, true, "x"], "b": {"__proto__": 4.0}}';
  expect(parse(text)).toEqual(JSON.parse(text));
  expect(parse("23.00000000000000000001")).not.toBeTypeOf("number");
});
