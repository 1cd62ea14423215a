import { expect, test } from "vitest";
import { createGroupCommit } from "./group-commit.ts";

interface TestWrite {
  readonly tenantId: string;
  readonly actor: string;
  readonly name: string;
  readonly fail: (error: unknown) => void;
}

/** A queue whose transactions are written down; `failures` says why writes failed. */
function openQueue(run: (take: () => readonly TestWrite[]) => Promise<void> | undefined, maxWaiting = 10) {
  const failures: [string, unknown][] = [];
  const commits = createGroupCommit<TestWrite>({ run, maxWaiting });
  return {
    failures,
    end: () => commits.end(),
    add: (name: string, actor = "a") =>
      commits.add({ tenantId: "1", actor, name, fail: (error) => void failures.push([name, error]) }),
  };
}

const names = (group: readonly TestWrite[]): readonly string[] => group.map(({ name }) => name);

test("what arrives in one turn of the event loop is one group", async () => {
  const groups: (readonly string[])[] = [];
  const queue = openQueue((take) => void groups.push(names(take())));
  queue.add("a");
  await Promise.resolve();
  queue.add("b");
  await new Promise(setImmediate);
  queue.add("c");
  await queue.end();
  expect(groups).toEqual([["a", "b"], ["c"]]);
});

test("what arrives while a transaction runs goes into the next one", async () => {
  const groups: (readonly string[])[] = [];
  const gates: (() => void)[] = [];
  const queue = openQueue((take) => {
    groups.push(names(take()));
    return new Promise((resolve) => void gates.push(resolve));
  });
  queue.add("a");
  await new Promise(setImmediate);
  queue.add("b");
  queue.add("c");
  await new Promise(setImmediate);
  expect(groups).toEqual([["a"]]);
  gates.shift()?.();
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(groups).toEqual([["a"], ["b", "c"]]);
  gates.shift()?.();
  await queue.end();
});

test("what arrives before a transaction may write comes along", async () => {
  const groups: (readonly string[])[] = [];
  const { promise: whenFree, resolve: free } = Promise.withResolvers<void>();
  const queue = openQueue(async (take) => {
    await whenFree;
    groups.push(names(take()));
  });
  queue.add("a");
  await new Promise(setImmediate);
  queue.add("b");
  free();
  await queue.end();
  expect(groups).toEqual([["a", "b"]]);
});

test.each([
  [
    "throws",
    () => {
      throw new Error("broken");
    },
  ],
  ["rejects", () => Promise.reject(new Error("broken"))],
])(
  "a transaction that %s before it takes its writes fails them all, and the next one runs",
  async (_, fail) => {
    let isBroken = true;
    const groups: (readonly string[])[] = [];
    const queue = openQueue((take) => (isBroken ? fail() : void groups.push(names(take()))));
    queue.add("a");
    queue.add("b");
    await new Promise(setImmediate);
    expect(queue.failures).toEqual([
      ["a", new Error("broken")],
      ["b", new Error("broken")],
    ]);
    isBroken = false;
    queue.add("c");
    await queue.end();
    expect(groups).toEqual([["c"]]);
  },
);

test("a write beyond the maximum that wait is refused, and so is one after the end", async () => {
  const queue = openQueue((take) => void take(), 1);
  queue.add("a");
  queue.add("b");
  const ended = queue.end();
  queue.add("c");
  await ended;
  expect(queue.failures).toMatchObject([
    ["b", { status: 503, retryAfter: 1 }],
    ["c", { status: 503, retryAfter: 5 }],
  ]);
});

test("one who writes has half of the places, and the rest is for others, until a transaction takes what waits", async () => {
  const queue = openQueue((take) => void take(), 4);
  for (const name of ["a1", "a2", "a3"]) queue.add(name, "a");
  queue.add("b1", "b");
  queue.add("c1", "c");
  queue.add("c2", "c");
  expect(queue.failures).toMatchObject([
    [
      "a3",
      { limit: "writes", retryAfter: 1, message: expect.stringMatching(/^Too many of your changes are/) },
    ],
    ["c2", { limit: "writes", retryAfter: 1, message: expect.stringMatching(/^Too many changes are/) }],
  ]);
  await new Promise(setImmediate);
  queue.add("a4", "a");
  queue.add("a5", "a");
  await queue.end();
  expect(queue.failures).toHaveLength(2);
});

test("the end waits for nothing where nothing was added", async () => {
  const queue = openQueue(() => undefined);
  await queue.end();
  expect(queue.failures).toEqual([]);
});
