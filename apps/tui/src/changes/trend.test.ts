import * as fc from "fast-check";
import { expect, test } from "vitest";
import { listedApp } from "../../test/sample-apps.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { trendDays, trendOf } from "./trend.ts";

const day = 24 * 60 * 60 * 1000;
const now = Date.parse("2026-11-26T12:00:00Z");
const at = (daysAgo: number): string => new Date(now - daysAgo * day).toISOString();
const current = listedApp(0, "App", { failedDeviceCount: 8 }).installSummary;
const failed = (version: number, daysAgo: number, before: number, after: number) =>
  loggedChange({
    version,
    changedAt: at(daysAgo),
    before: { failedDeviceCount: before },
    after: { failedDeviceCount: after },
  });

test("each part has the value at its end, and the last one is the current value", () => {
  const changes = [failed(9, 0.5, 16, 8), failed(8, 10.5, 41, 16)];
  const points = trendOf({ changes, knownSince: 0 }, current, "failedDeviceCount", now, 30);
  expect(points).toHaveLength(30);
  expect(points.at(-1)).toBe(8);
  expect(points.at(-2)).toBe(16);
  expect(points.at(-11)).toBe(16);
  expect(points.at(-12)).toBe(41);
  expect(points[0]).toBe(41);
});

test("a counter that nothing has changed is level, and one of an app that was not there yet has no values", () => {
  const created = loggedChange({ version: 1, changedAt: at(5.5), before: {}, after: current });
  const trend = { changes: [failed(2, 1.5, 16, 8), created], knownSince: 0 };
  const points = trendOf(trend, current, "installedDeviceCount", now, 30);
  expect(points.slice(-6)).toEqual([2080, 2080, 2080, 2080, 2080, 2080]);
  expect(points.slice(0, -6)).toEqual(Array.from({ length: 24 }, () => undefined));
});

test("before what the log still holds nothing is known, and it is not 0", () => {
  const points = trendOf({ changes: [], knownSince: now - 3.5 * day }, current, "failedDeviceCount", now, 30);
  expect(points.slice(-4)).toEqual([8, 8, 8, 8]);
  expect(new Set(points.slice(0, -4))).toEqual(new Set([undefined]));
});

test("every value of a trend is one that the counter had, for any history", () => {
  const steps = fc.array(
    fc.record({ days: fc.double({ min: 0, max: 40, noNaN: true }), value: fc.nat(100) }),
    {
      maxLength: 20,
    },
  );
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 60 }), (made, parts) => {
      const inOrder = made.toSorted((one, other) => other.days - one.days);
      let value = 50;
      const changes = inOrder.map(({ days, value: next }, index) => {
        const change = failed(index + 2, days, value, next);
        value = next;
        return change;
      });
      const summary = { ...current, failedDeviceCount: value };
      const trend = { changes: changes.toReversed(), knownSince: 0 };
      const points = trendOf(trend, summary, "failedDeviceCount", now, parts);
      expect(points).toHaveLength(parts);
      points.forEach((point, index) => {
        const end = now - (parts - 1 - index) * ((trendDays * day) / parts);
        const last = inOrder.findLast(({ days }) => Date.parse(at(days)) <= end);
        expect(point).toBe(last?.value ?? 50);
      });
    }),
  );
});
