import type { History } from "@tooling/crash";
import { expect, test } from "vitest";
import { longestPause } from "./longest-pause.ts";

test("the longest pause is between changes that were acknowledged, or before the first of them", () => {
  const history = historyOf(
    [50, "acknowledged"],
    [130, "acknowledged"],
    [300, "refused"],
    [330, "acknowledged"],
  );
  expect(longestPause(history, 0)).toBe(200);
  expect(longestPause(history, 100)).toBe(200);
  expect(longestPause(history, 140)).toBe(190);
  expect(longestPause(history, 400)).toBe(0);
});

function historyOf(...ends: readonly (readonly [number, "acknowledged" | "refused"])[]): History {
  const changes = ends.map(([end, outcome]) => ({
    appId: "",
    stamp: end,
    patch: {},
    start: end - 1,
    end,
    outcome,
    told: "",
  }));
  return { changes, seen: [], followed: [], responses: new Map() };
}
