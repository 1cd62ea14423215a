import * as fc from "fast-check";
import { expect, test } from "vitest";
import { counterNames } from "../resource/counters.ts";
import { nearestName } from "./nearest-name.ts";

test.each([
  ["installedDevicesCount", "installedDeviceCount"],
  ["FailedDeviceCount", "failedDeviceCount"],
  ["faildUserCount", "failedUserCount"],
  ["failed_device_count", "failedDeviceCount"],
])("%s most likely meant %s", (name, meant) => {
  expect(nearestName(name, counterNames)).toBe(meant);
});

test.each(["x", "", "displayName", "__proto__", "count", "failedDeviceCount".repeat(5)])(
  "%j is near no counter",
  (name) => {
    expect(nearestName(name, counterNames)).toBeUndefined();
  },
);

test("a name that shares no letter with a short candidate is not near it", () => {
  expect(nearestName("x", ["id"])).toBeUndefined();
  expect(nearestName("ix", ["id"])).toBe("id");
});

test("the bounded search and one with whole tables find the same name", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "C", "c", "é", "İ"), maxLength: 12 });
  const words = fc.array(fc.oneof(letters, fc.constantFrom(...counterNames)), { maxLength: 6 });
  fc.assert(
    fc.property(words, fc.nat(), letters, fc.nat(), fc.nat(5), (candidates, pick, inserted, at, removed) => {
      const meant = candidates[pick % Math.max(1, candidates.length)] ?? "";
      const cut = at % (meant.length + 1);
      const misspelt = meant.slice(0, cut) + inserted.slice(0, 4) + meant.slice(cut + removed);
      for (const name of [misspelt, inserted]) {
        expect(nearestName(name, candidates)).toBe(searchWholeTables(name, candidates));
      }
    }),
    { numRuns: 2000 },
  );
});

function searchWholeTables(name: string, candidates: readonly string[]): string | undefined {
  const limit = Math.min(Math.max(2, Math.floor(name.length / 3)), name.length - 1);
  const distances = candidates.map((candidate) => distance(name.toLowerCase(), candidate.toLowerCase()));
  const least = Math.min(...distances);
  return least > limit ? undefined : candidates[distances.indexOf(least)];
}

/** Levenshtein's definition: the last letters are kept or replaced, or one of them is inserted or removed. */
function distance(one: string, other: string): number {
  const table = Array.from({ length: one.length + 1 }, (_, height) =>
    Array.from({ length: other.length + 1 }, (__, width) => (height === 0 ? width : height)),
  );
  const at = (height: number, width: number): number => table[height]?.[width] ?? 0;
  for (let height = 1; height <= one.length; height += 1) {
    for (let width = 1; width <= other.length; width += 1) {
      const replaced = at(height - 1, width - 1) + (one[height - 1] === other[width - 1] ? 0 : 1);
      table[height]?.splice(
        width,
        1,
        Math.min(replaced, at(height - 1, width) + 1, at(height, width - 1) + 1),
      );
    }
  }
  return at(one.length, other.length);
}
