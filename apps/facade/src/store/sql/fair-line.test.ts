import { expect, test } from "vitest";
import { createFairLine } from "./fair-line.ts";

test("each key has its turn, and the items of one key keep their order", () => {
  const line = createFairLine<string>();
  for (const item of ["a1", "a2", "a3", "a4"]) line.add("a", item);
  line.add("b", "b1");
  expect(line.take()?.item).toBe("a1");
  line.add("c", "c1");
  line.add("b", "b2");
  expect([1, 2, 3, 4, 5, 6, 7].map(() => line.take()?.item)).toEqual([
    "b1",
    "a2",
    "c1",
    "b2",
    "a3",
    "a4",
    undefined,
  ]);
});

const besideA = (key: string): boolean => key !== "a";

test("a key that is not free keeps its place, and the next one has its turn", () => {
  const line = createFairLine<string>();
  for (const item of ["a1", "a2"]) line.add("a", item);
  line.add("b", "b1");
  line.add("c", "c1");
  expect(line.take(besideA)).toEqual({ key: "b", item: "b1" });
  expect([line.take()?.item, line.take(besideA)?.item, line.take(besideA)]).toEqual(["a1", "c1", undefined]);
  expect(line.take()).toEqual({ key: "a", item: "a2" });
});

test("an item that is removed has no turn, and the others keep theirs", () => {
  const line = createFairLine<string>();
  for (const item of ["a1", "a2", "a3"]) line.add("a", item);
  line.add("b", "b1");
  line.add("c", "c1");
  expect([line.remove("a", "a2"), line.remove("b", "b1"), line.remove("a", "b1")]).toEqual([
    true,
    true,
    false,
  ]);
  expect(line.remove("a", "a2")).toBe(false);
  expect([1, 2, 3, 4].map(() => line.take()?.item)).toEqual(["a1", "c1", "a3", undefined]);
});

test("a cleared line is empty", () => {
  const line = createFairLine<number>();
  line.add("a", 1);
  line.add("b", 2);
  line.add("a", 3);
  expect(line.clear()).toEqual([1, 3, 2]);
  expect(line.take()).toBeUndefined();
});
