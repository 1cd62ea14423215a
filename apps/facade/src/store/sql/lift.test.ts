import { expect, test } from "vitest";
import { liftOf } from "./lift.ts";

test("without a replaced store versions go up by a million, and sequences by more than a log may have had", () => {
  expect(liftOf({ last: 7, version: 3 })).toEqual({ base: 1_000_000_007, versions: 1_000_000 });
  expect(liftOf({ last: 7, version: 3 }, { last: 5, version: 2 })).toEqual({
    base: 1_000_000_007,
    versions: 1_000_000,
  });
});

test("versions go up by as many millions as it takes to be above those of the replaced store", () => {
  for (const [version, versions] of [
    [999_999, 1_000_000],
    [1_000_000, 2_000_000],
    [1_000_003, 2_000_000],
    [5_400_000, 6_000_000],
  ] as const) {
    const lift = liftOf({ last: 7, version: 3 }, { last: 9_000_000_000, version });
    expect(lift).toEqual({ base: 10_000_000_000, versions });
    expect(1 + lift.versions).toBeGreaterThan(version);
  }
});
