import { graphError } from "@install-summary/core";
import type { ChangesOptions, ListedChange } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { loggedChange } from "../../test/logged-change.ts";
import { followChanges, type Followed } from "./follow-changes.ts";

type Log = (options: ChangesOptions) => AsyncGenerator<ListedChange>;

const change = (version: number): ListedChange => loggedChange({ version });

/** What is told until it says so many things; each call of the log takes the next of these. */
async function told(count: number, logs: readonly Log[], from?: string): Promise<readonly Followed[]> {
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
  await followChanges(client, end.signal, report, from);
  return all;
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

test("after a gap it begins anew, and before a server without a log it ends", async () => {
  const all = await told(99, [
    latest,
    async function* () {
      yield change(9);
      throw graphError("Gone", "The cursor is older than the change log.");
    },
    async function* () {
      yield* [];
      throw graphError("ResourceNotFound", "Resource not found.");
    },
  ]);
  expect(all.slice(2)).toEqual([
    { kind: "changes", changes: [change(9)], areNew: true },
    { kind: "gap" },
    { kind: "link", link: "missing" },
  ]);
});
