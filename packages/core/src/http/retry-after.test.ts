import { expect, test } from "vitest";
import { parseRetryAfter } from "./retry-after.ts";

// The clock of the server, which is not the one of this machine.
const date = "Tue, 24 Nov 2026 12:00:00 GMT";

test.each([
  ["0", 0],
  ["120", 120],
  [" 7 ", 7],
  ["Tue, 24 Nov 2026 12:02:00 GMT", 120],
  ["Tue, 24 Nov 2026 11:00:00 GMT", 0],
])("%j means a number of seconds", (value, seconds) => {
  expect(parseRetryAfter(value, date)).toBe(seconds);
});

test.each(["", "soon", "-1", "1.5", "Infinity"])("%j means nothing", (value) => {
  expect(parseRetryAfter(value, date)).toBeUndefined();
});

test("no header means nothing", () => {
  expect(parseRetryAfter(new Headers().get("retry-after"), date)).toBeUndefined();
});

test.each([undefined, null, "", "yesterday"])("a time beside the Date %j is counted from now", (none) => {
  const inOneMinute = new Date(Date.now() + 60_000).toUTCString();
  const seconds = parseRetryAfter(inOneMinute, none);
  expect(seconds).toBeGreaterThan(55);
  expect(seconds).toBeLessThanOrEqual(60);
});
