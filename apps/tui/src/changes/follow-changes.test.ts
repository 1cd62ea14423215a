import { GraphError, graphError } from "@install-summary/core";
import type { ChangesOptions, ListedChange } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { loggedChange } from "../../test/logged-change.ts";
import { followChanges, type Followed } from "./follow-changes.ts";

type Log = (options: ChangesOptions) => AsyncGenerator<ListedChange>;

const change = (version: number): ListedChange => loggedChange({ version });

/** What is told until it says so many things; each call of the log takes the next of these. `waits` gets its pauses. */
async function told(
  count: number,
  logs: readonly Log[],
  from?: string,
  waits: number[] = [],
): Promise<readonly Followed[]> {
  const end = new AbortController();
  const all: Followed[] = [];
  let calls = 0;
  const client = {
    changes(options: ChangesOptions = {}) {
      const log = logs[Math.min(calls, logs.length - 1)];
      calls += 1;
      if (log === undefined) throw new Error("no log");
      return log(options);
    },
  };
  const report = (followed: Followed): void => {
    all.push(followed);
    if (all.length === count) end.abort();
  };
  const wait = async (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
  };
  await followChanges(client, end.signal, report, from, undefined, wait);
  // What was gathered until then is told at the end.
  return all.slice(0, count);
}

const latest: Log = async function* () {
  yield change(8);
  yield change(7);
};

/** Waits until following ends. */
function untilEnd({ signal }: ChangesOptions): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener("abort", () => resolve()));
}

test("it begins with the latest changes, oldest first, and gathers what comes at once", async () => {
  const seen: ChangesOptions[] = [];
  const all = await told(3, [
    latest,
    async function* (options) {
      seen.push(options);
      yield change(9);
      yield change(10);
      await untilEnd(options);
    },
  ]);
  expect(all).toEqual([
    { kind: "changes", changes: [change(7), change(8)], areNew: false },
    { kind: "link", link: "live" },
    { kind: "changes", changes: [change(9), change(10)], areNew: true },
  ]);
  expect(seen).toMatchObject([{ after: "c8", follow: true }]);
});

test("an interruption is told once, and so is that it goes on", async () => {
  const all = await told(5, [
    latest,
    async function* (options) {
      options.onInterrupted?.(new Error("away"));
      options.onInterrupted?.(new Error("still away"));
      options.onResumed?.();
      yield change(9);
      await untilEnd(options);
    },
  ]);
  expect(all.slice(2)).toEqual([
    { kind: "link", link: "lost" },
    { kind: "link", link: "live" },
    { kind: "changes", changes: [change(9)], areNew: true },
  ]);
});

test("it goes on after the change that was told last, however many were made since", async () => {
  const seen: ChangesOptions[] = [];
  const all = await told(
    2,
    [
      latest,
      async function* (options) {
        seen.push(options);
        yield change(4);
        await untilEnd(options);
      },
    ],
    "c3",
  );
  expect(all).toEqual([
    { kind: "link", link: "live" },
    { kind: "changes", changes: [change(4)], areNew: true },
  ]);
  expect(seen).toMatchObject([{ after: "c3", follow: true }]);
});

const failing = (error: Error): Log =>
  async function* () {
    yield* [];
    throw error;
  };
const notFound = failing(graphError("ResourceNotFound", "Resource not found."));

test("after a gap, or with a cursor that is refused, it begins anew and says that changes are missing", async () => {
  for (const error of [
    graphError("Gone", "The cursor is older than the change log."),
    graphError("BadRequest", "The cursor is not one of this log."),
  ]) {
    const waits: number[] = [];
    const breaking: Log = async function* () {
      yield change(9);
      throw error;
    };
    const all = await told(5, [latest, breaking, latest], undefined, waits);
    expect(all.slice(2)).toEqual([
      { kind: "changes", changes: [change(9)], areNew: true },
      { kind: "gap" },
      { kind: "changes", changes: [change(7), change(8)], areNew: false },
    ]);
    expect(waits).toEqual([1000]);
  }
});

test("before a server that surely has no log it ends", async () => {
  const segment = failing(graphError("BadRequest", "Resource not found for the segment 'api'."));
  expect(await told(99, [segment])).toEqual([{ kind: "link", link: "missing" }]);
});

test("what a gateway says for a while ends nothing: it tries again, later each time, and sees what is made then", async () => {
  const waits: number[] = [];
  const seven = Array.from({ length: 7 }, () => notFound);
  const all = await told(9, [...seven, latest, latest], undefined, waits);
  expect(all.slice(0, 7).every((one) => one.kind === "link" && one.link === "missing")).toBe(true);
  expect(all.slice(7, 9)).toEqual([
    { kind: "changes", changes: [change(7), change(8)], areNew: false },
    { kind: "link", link: "live" },
  ]);
  expect(waits).toEqual([30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000]);
});

test.each([
  ["404", notFound, 30_000],
  ["501", failing(new GraphError({ status: 501, code: "NotImplemented", message: "No." })), 30_000],
  ["403", failing(graphError("Forbidden", "No.")), 30_000],
  ["503", failing(new GraphError({ status: 503, code: "ServiceUnavailable", message: "No." })), 5000],
])("a log that was there and is refused with %s is lost, and comes back", async (_status, log, wait) => {
  const waits: number[] = [];
  const all = await told(4, [latest, log, latest], undefined, waits);
  expect(all.slice(1)).toEqual([
    { kind: "link", link: "live" },
    { kind: "link", link: "lost" },
    { kind: "link", link: "live" },
  ]);
  expect(waits).toEqual([wait]);
});
