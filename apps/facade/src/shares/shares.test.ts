import { expect, test } from "vitest";
import { callerKey, createShares } from "./shares.ts";

test("one has no more than a share, and the others have what is left", () => {
  const shares = createShares({ max: 4, maxOfEach: 2 });
  shares.add("a", 1);
  expect(shares.usedUp("a")).toBeUndefined();
  shares.add("a", 1);
  expect([shares.usedUp("a"), shares.usedUp("b")]).toEqual(["own", undefined]);
  shares.add("b", 1);
  shares.add("c", 1);
  expect(["a", "b", "d"].map((key) => shares.usedUp(key))).toEqual(["own", "all", "all"]);
});

test("what is given back can be taken again, by anyone", () => {
  const shares = createShares({ max: 2, maxOfEach: 1 });
  shares.add("a", 1);
  shares.add("b", 1);
  shares.add("a", -1);
  expect(["a", "b", "c"].map((key) => shares.usedUp(key))).toEqual([undefined, "own", undefined]);
});

test("callers are told apart by tenant and name", () => {
  const keys = [
    { tenantId: "1", actor: "a" },
    { tenantId: "1", actor: "b" },
    { tenantId: "2", actor: "a" },
  ].map(callerKey);
  expect(new Set(keys).size).toBe(3);
});
