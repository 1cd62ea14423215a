import { describe, expect, test } from "vitest";
import { parseRetryAfter, readRetryAfter } from "./retry-after.ts";

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

describe("a response asks to wait", () => {
  // 3,600 seconds after the date.
  const unixTime = String(Date.parse(date) / 1000 + 3600);

  test.each<[status: number, headers: Record<string, string>, seconds: number | undefined]>([
    [429, { "Retry-After": "7" }, 7],
    [503, { "Retry-After": "7" }, 7],
    [429, { "RateLimit-Reset": "3600" }, 3600],
    [429, { "X-RateLimit-Retry-After": "3600" }, 3600],
    [429, { "X-RateLimit-Reset": "3600" }, 3600],
    [429, { "X-RateLimit-Reset": unixTime }, 3600],
    [429, { "X-Rate-Limit-Reset": unixTime }, 3600],
    [429, { "X-Rate-Limit-Reset": "Tue, 24 Nov 2026 13:00:00 GMT" }, 3600],
    [429, { "X-RateLimit-Reset": String(Date.parse(date) / 1000 - 5) }, 0],
    [429, { "X-RateLimit-Reset": "1m30s" }, undefined],
    // Where both are there, Retry-After is meant for this response.
    [429, { "Retry-After": "7", "RateLimit-Reset": "3600" }, 7],
    [429, { "Retry-After": "soon", "RateLimit-Reset": "3600" }, undefined],
    // A gateway tells its limit in every response, also where it was not reached.
    [503, { "RateLimit-Reset": "3600" }, undefined],
    [200, { "X-RateLimit-Reset": unixTime }, undefined],
    [429, {}, undefined],
  ])("with status %i and %j for %j seconds", (status, headers, seconds) => {
    const sent = new Headers({ ...headers, date });
    expect(readRetryAfter(status, (name) => sent.get(name))).toBe(seconds);
  });

  test("until a Unix time, counted from now where no date is there", () => {
    const inOneMinute = String(Math.floor(Date.now() / 1000) + 60);
    const seconds = readRetryAfter(429, (name) => (name === "x-ratelimit-reset" ? inOneMinute : null));
    expect(seconds).toBeGreaterThan(55);
    expect(seconds).toBeLessThanOrEqual(60);
  });
});
