import { expect, test } from "vitest";
import type { Steps } from "./parts.ts";
import { createRounds } from "./rounds.ts";

/** A work of so many steps, which notes each of them. */
function* work(name: string, steps: number, seen: string[]): Steps<string> {
  for (let step = 1; step < steps; step += 1) {
    seen.push(name);
    yield;
  }
  seen.push(name);
  return name;
}

test("each work has a turn, of one step where no time is left, and a short one that comes later is done first", async () => {
  const rounds = createRounds(0);
  const [seen, results]: [string[], string[]] = [[], []];
  const done = new Promise<void>((resolve) => {
    const note = (name: string): void => {
      results.push(name);
      if (results.length === 3) resolve();
    };
    rounds.add(work("a", 4, seen), note);
    rounds.add(work("b", 2, seen), note);
    rounds.add(work("c", 1, seen), note);
  });
  // Nothing is done in the turn of the event loop in which it was asked for.
  expect(seen).toEqual([]);
  await done;
  expect(seen).toEqual(["a", "b", "c", "a", "b", "a", "a"]);
  expect(results).toEqual(["c", "b", "a"]);
});

test("a work that comes while others are under way has its place in the round, also after all were done", async () => {
  const rounds = createRounds(0);
  const seen: string[] = [];
  const run = (name: string, steps: number): Promise<string> =>
    new Promise((resolve) => rounds.add(work(name, steps, seen), resolve));
  const first = run("a", 9);
  while (seen.length < 3) await new Promise(setImmediate);
  expect(await run("b", 2)).toBe("b");
  expect(seen.filter((name) => name === "a").length).toBeLessThan(9);
  expect(await first).toBe("a");
  expect(await run("c", 2)).toBe("c");
});

test("a work has all its steps in one turn where they take no longer", async () => {
  const rounds = createRounds(Number.POSITIVE_INFINITY);
  const seen: string[] = [];
  await Promise.all(
    ["a", "b"].map((name) => new Promise<string>((resolve) => rounds.add(work(name, 3, seen), resolve))),
  );
  expect(seen).toEqual(["a", "a", "a", "b", "b", "b"]);
});

test("works that are left go no further", async () => {
  const rounds = createRounds(0);
  const seen: string[] = [];
  rounds.add(work("a", 9, seen), (name) => seen.push(name));
  while (seen.length < 3) await new Promise(setImmediate);
  rounds.end();
  const { length } = seen;
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  expect(seen).toHaveLength(length);
});
