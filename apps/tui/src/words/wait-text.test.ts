import { expect, test } from "vitest";
import { waitText } from "./wait-text.ts";

test.each([
  [0, "0 s"],
  [99, "99 s"],
  [121, "3 min"],
  [3600, "60 min"],
  [7201, "3 h"],
  [172_800, "2 days"],
  [31_494_220, "365 days"],
  [1_000_000_000, "11,575 days"],
])("%i seconds are %s", (seconds, words) => {
  expect(waitText(seconds)).toBe(words);
});
