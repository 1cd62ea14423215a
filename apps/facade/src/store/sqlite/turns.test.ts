import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

test("the first action runs at once, and of others one in each turn, in order", async () => {
  const inTurn = createTurns();
  let turn = 0;
  const seen: [name: string, turn: number][] = [];
  const all = Promise.all(
    ["a", "b", "c"].map((name) =>
      inTurn(() => {
        seen.push([name, turn]);
        return Promise.resolve(name);
      }),
    ),
  );
  expect(seen).toEqual([["a", 0]]);
  for (; seen.length < 3; turn += 1) await new Promise(setImmediate);
  expect(await all).toEqual(["a", "b", "c"]);
  expect(seen.map(([name]) => name)).toEqual(["a", "b", "c"]);
  const [, second, third] = seen.map(([, at]) => at);
  expect(third).toBeGreaterThan(second ?? Infinity);
  // Once all are done the next one runs at once again.
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  let hasRun = false;
  void inTurn(() => {
    hasRun = true;
    return Promise.resolve();
  });
  expect(hasRun).toBe(true);
});

test("an action that fails leaves the turns of the others alone", async () => {
  const inTurn = createTurns();
  const results = await Promise.allSettled([
    inTurn(() => Promise.reject(new Error("first"))),
    inTurn(() => {
      throw new Error("second");
    }),
    inTurn(() => Promise.resolve("third")),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
});
