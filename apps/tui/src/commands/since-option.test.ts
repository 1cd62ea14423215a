import { expect, test } from "vitest";
import { parseSince } from "./since-option.ts";

const now = Date.parse("2026-11-26T12:00:00Z");

test.each([
  ["2026-11-26", "2026-11-26T00:00:00.000Z"],
  ["2026-11-26T08:00Z", "2026-11-26T08:00:00.000Z"],
  ["2026-11-26 08:00", "2026-11-26T08:00:00.000Z"],
  ["2026-11-26T08:00:01+02:00", "2026-11-26T06:00:01.000Z"],
  ["30m", "2026-11-26T11:30:00.000Z"],
  ["2h", "2026-11-26T10:00:00.000Z"],
  ["7d", "2026-11-19T12:00:00.000Z"],
])("%s is %s", (text, moment) => {
  expect(parseSince(text, now).toISOString()).toBe(moment);
});

test.each([
  "",
  "yesterday",
  "2026-13-01",
  "2026-02-30",
  "2026-11-31T08:00Z",
  "2026-11-26T25:00",
  "5y",
  "-1d",
  "26.11.2026",
])("%j is refused", (text) => {
  expect(() => parseSince(text, now)).toThrow("--since must be a time");
});
