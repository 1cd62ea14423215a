import { expect, test } from "vitest";
import { briefTime, exactTime, momentText, shortTime, timeText } from "./clock-time.ts";

const now = new Date(2026, 10, 26, 20, 0, 0).getTime();
const morning = new Date(2026, 10, 26, 8, 4, 11).getTime();
const before = new Date(2026, 10, 25, 8, 4, 11).getTime();

test("a time has two digits for each of its parts, so that times in a column stand below each other", () => {
  expect(shortTime(morning)).toBe("08:04");
  expect(timeText(morning, now)).toBe("08:04");
  expect(briefTime(morning, now)).toBe("08:04");
  expect(exactTime(morning, now)).toBe("08:04:11");
});

test("a moment of another day has its date", () => {
  expect(timeText(before, now)).toBe("2026-11-25 08:04");
  expect(briefTime(before, now)).toBe("2026-11-25");
  expect(exactTime(before, now)).toBe("2026-11-25 08:04:11");
  expect(momentText(before)).toBe("2026-11-25 08:04:11");
});
