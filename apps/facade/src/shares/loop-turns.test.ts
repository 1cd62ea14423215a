import { expect, test } from "vitest";
import { createLoopTurns, inTurn } from "./loop-turns.ts";

/** Turns whose clock moves only while something is done; what was done in them, in order. */
function setUp() {
  let time = 0;
  const seen: string[] = [];
  const turns = createLoopTurns({ turnMs: 10, holdMs: 20, now: () => time });
  const take = (name: string, { key = "", ms = 4 } = {}): boolean =>
    turns.take(
      () => key,
      () => {
        seen.push(name);
        time += ms;
      },
    );
  const pass = (ms: number): void => void (time += ms);
  return { turns, seen, take, pass };
}

const nextTurn = (): Promise<void> => new Promise(setImmediate);
const turnsOf = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await nextTurn();
};

test("work is done at once while its turn has time left, and the rest in later turns, each as long as a turn", async () => {
  const { seen, take } = setUp();
  for (const name of ["a", "b", "c", "d", "e", "f", "g", "h"]) take(name);
  expect(seen).toEqual(["a", "b", "c"]);
  const counts: number[] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    await nextTurn();
    counts.push(seen.length);
  }
  expect(seen).toEqual(["a", "b", "c", "d", "e", "f", "g", "h"]);
  expect(Math.max(...counts.map((count, at) => count - (counts[at - 1] ?? 3)))).toBe(3);
  // All is done: the next piece runs at once again.
  take("i");
  expect(seen.at(-1)).toBe("i");
});

test("a piece that is longer than a turn is the last one of it", async () => {
  const { seen, take } = setUp();
  for (const name of ["a", "b", "c"]) take(name, { ms: 50 });
  expect(seen).toEqual(["a"]);
  await turnsOf(2);
  expect(seen).toEqual(["a", "b"]);
  await nextTurn();
  expect(seen).toEqual(["a", "b", "c"]);
});

test("what is queued is done behind what waits, and never at once", async () => {
  const { turns, seen, take } = setUp();
  turns.queue("", () => void seen.push("queued"));
  take("a");
  expect(seen).toEqual([]);
  await turnsOf(3);
  expect(seen).toEqual(["queued", "a"]);
});

test("who has much to do waits for itself: keys alternate", async () => {
  const { seen, take } = setUp();
  take("first", { ms: 50 });
  for (const name of ["1", "2", "3", "4"]) take(name, { key: "one", ms: 50 });
  take("other", { key: "another" });
  await turnsOf(12);
  expect(seen).toEqual(["first", "1", "other", "2", "3", "4"]);
});

test("what a piece leaves to promises is done before the next piece", async () => {
  const { turns, seen } = setUp();
  const piece = (name: string) => async (): Promise<string> => {
    seen.push(`${name} begins`);
    await Promise.resolve().then(() => {});
    seen.push(`${name} ends`);
    return name;
  };
  turns.noteConnection();
  const all = Promise.all(["a", "b"].map((name) => inTurn(turns, "", piece(name))));
  expect(seen).toEqual([]);
  expect(await all).toEqual(["a", "b"]);
  expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends"]);
});

test("an action that fails leaves those of others alone", async () => {
  const { turns } = setUp();
  turns.noteConnection();
  const results = await Promise.allSettled([
    inTurn(turns, "", () => Promise.reject(new Error("first"))),
    inTurn(turns, "", () => {
      throw new Error("second");
    }),
    inTurn(turns, "", () => Promise.resolve("third")),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
});

test("while each turn brings a connection work waits, for so long and no longer", async () => {
  const { turns, seen, take, pass } = setUp();
  turns.noteConnection();
  take("a");
  take("b");
  for (let turn = 0; turn < 30; turn += 1) {
    turns.noteConnection();
    await nextTurn();
  }
  // The clock stands still: the connections have taken no time.
  expect(seen).toEqual([]);
  pass(20);
  for (let turn = 0; turn < 3; turn += 1) {
    turns.noteConnection();
    await nextTurn();
  }
  expect(seen.length).toBeGreaterThan(0);
});

test("once no more connections come, what waited is done", async () => {
  const { turns, seen, take } = setUp();
  turns.noteConnection();
  take("a");
  await turnsOf(4);
  expect(seen).toEqual(["a"]);
  take("b");
  expect(seen).toEqual(["a", "b"]);
});
