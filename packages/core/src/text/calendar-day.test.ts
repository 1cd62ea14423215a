import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isCalendarDay } from "./calendar-day.ts";

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

test("a day is one of the calendar where its month has it", () => {
  fc.assert(
    fc.property(fc.nat(9999), fc.nat(14), fc.nat(33), (year, month, day) => {
      const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
      const length = month === 2 && isLeap ? 29 : (lengths[month - 1] ?? 0);
      const text = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
      expect(isCalendarDay(text)).toBe(day >= 1 && day <= length);
    }),
    { numRuns: 2000 },
  );
});

test.each(["", "2026", "2026-02", "2026-2-3", "26-02-03", "today"])("%j is no day", (text) => {
  expect(isCalendarDay(text)).toBe(false);
});

function padded(value: number, length: number): string {
  return String(value).padStart(length, "0");
}
