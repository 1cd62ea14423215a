import { expect, test } from "vitest";
import { measureQuiet, type LookedAt } from "./quiet-times.ts";

/** Tells of a connection as Node does, once for each of the changes, and returns at which of them its time was over. */
function overAt(whole: number, told: readonly Partial<LookedAt>[]): number | undefined {
  const times = measureQuiet(whole);
  const socket = { bytesRead: 80, bytesWritten: 5000, writableLength: 4000, timeout: times.step };
  const at = told.findIndex((change) => times.isOver(Object.assign(socket, change)));
  return at === -1 ? undefined : at;
}

const same = {};

test("a time is over when nothing has moved for all its steps, of which the first begins with a look", () => {
  expect(overAt(1500, [same, same, same])).toBeUndefined();
  expect(overAt(1500, [same, same, same, same])).toBe(3);
});

test.each([
  ["was taken", { writableLength: 3000 }],
  ["was taken while as much was written", { bytesWritten: 6000 }],
  ["was received", { bytesRead: 81 }],
])("a time begins again where something %s", (_, change) => {
  expect(overAt(1500, [same, same, same, change, same, same, same])).toBe(6);
});

test("a time does not begin again where something was written that is not taken", () => {
  expect(overAt(1500, [same, same, { bytesWritten: 6000, writableLength: 5000 }, same])).toBe(3);
});

test("a time is at most one second late, and a short one has one step", () => {
  expect(measureQuiet(30_000).step).toBe(500);
  expect(measureQuiet(1200).step).toBe(400);
  expect(measureQuiet(200).step).toBe(200);
  expect(overAt(200, [same, same])).toBe(1);
});

test("a time that something else has set for a connection is over when Node tells so", () => {
  expect(overAt(30_000, [{ timeout: 66_000 }])).toBe(0);
});
