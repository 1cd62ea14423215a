import { expect, test } from "vitest";
import { parseRetryAfter } from "./retry-after.ts";

const now = Date.parse("2026-11-24T12:00:00.500Z");

test.each([
  ["0", 0],
  ["120", 120],
  [" 7 ", 7],
  ["Tue, 24 Nov 2026 12:02:00 GMT", 120],
  ["Tue, 24 Nov 2026 11:00:00 GMT", 0],
])("%j means a number of seconds", (value, seconds) => {
  expect(parseRetryAfter(value, now)).toBe(seconds);
});

test.each(["", "soon", "-1", "1.5", "Infinity"])("%j means nothing", (value) => {
  expect(parseRetryAfter(value, now)).toBeUndefined();
});

test("no header means nothing", () => {
  expect(parseRetryAfter(new Headers().get("retry-after"))).toBeUndefined();
});
