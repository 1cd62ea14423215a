import { expect, test } from "vitest";
import { parseTrueOrFalse } from "./true-or-false.ts";

test.each([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
  ["yes", undefined],
  ["TRUE", undefined],
  ["", undefined],
])("%j is %j", (text, value) => {
  expect(parseTrueOrFalse(text)).toBe(value);
});
