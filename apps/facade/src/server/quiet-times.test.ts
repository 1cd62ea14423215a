import { expect, test } from "vitest";
import { measureQuiet, type LookedAt } from "./quiet-times.ts";

/** Tells of a connection as Node does, at the given milliseconds, and returns at which of them its time was over. */
function overAt(
  whole: number,
  told: readonly (readonly [at: number, change?: Partial<LookedAt>])[],
): number | undefined {
  let at = 0;
  const times = measureQuiet(whole, () => at);
  const socket = { bytesRead: 80, bytesWritten: 5000, writableLength: 4000, timeout: times.step };
  for (const [moment, change] of told) {
    at = moment;
    Object.assign(socket, change);
    if (times.isOver(socket)) return moment;
  }
  return undefined;
}

test("a time is over when nothing has moved for all its steps, however long a step was told late", () => {
  expect(overAt(3000, [[1000], [2000], [3000], [4000]])).toBe(3000);
  expect(overAt(3000, [[1010], [2300], [3310]])).toBe(3310);
});

test.each([
  ["was taken, of which Node makes a step without news", [[1000], [2000], [4000], [5000], [6000]], 6000],
  ["was taken to its end", [[1000], [2000], [3000, { writableLength: 3000 }], [4000], [5000]], 5000],
  ["was sent", [[1000], [2000], [3000, { bytesWritten: 6000 }], [4000], [5000]], 5000],
  ["was received", [[1000], [2000], [3000, { bytesRead: 81 }], [4000], [5000]], 5000],
] as const)("a time begins again where something %s", (_, told, at) => {
  expect(overAt(3000, told)).toBe(at);
});

test("a time is at most one second late, and a short one has one step", () => {
  expect(measureQuiet(30_000).step).toBe(1000);
  expect(measureQuiet(1500).step).toBe(750);
  expect(measureQuiet(200).step).toBe(200);
  expect(overAt(200, [[200]])).toBe(200);
});

test("a time that something else has set for a connection is over when Node tells so", () => {
  expect(overAt(30_000, [[66_000, { timeout: 66_000 }]])).toBe(66_000);
});
