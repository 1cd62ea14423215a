import { graphError } from "@install-summary/core";
import type { ChangesOptions, ListedChange } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { loggedChange } from "../../test/logged-change.ts";
import type { Followed } from "../changes/follow-changes.ts";
import { createLogFollower } from "./log-follower.ts";

// A log that is lost is tried at once when the server responds to something else.

type Log = (options: ChangesOptions) => AsyncGenerator<ListedChange>;

const latest: Log = async function* () {
  yield loggedChange({ version: 8 });
};

/** A stream that stays open, as the client keeps it through interruptions. */
const open = (begin: (options: ChangesOptions) => void = () => {}): Log =>
  async function* (options) {
    begin(options);
    const ended = Promise.withResolvers<void>();
    options.signal?.addEventListener("abort", () => ended.reject(new Error("aborted")));
    yield* [];
    await ended.promise;
  };

const refused: Log = async function* () {
  yield* [];
  throw graphError("Forbidden", "No.");
};

/** A follower of a log that behaves like this call by call, and what it tells until it has told so many links. */
function follow(logs: readonly Log[]): {
  readonly follower: ReturnType<typeof createLogFollower>;
  readonly calls: () => number;
  readonly links: readonly string[];
  readonly untilLinks: (count: number) => Promise<void>;
  readonly end: () => void;
} {
  const end = new AbortController();
  const links: string[] = [];
  const waiting = new Map<number, () => void>();
  let calls = 0;
  const client = {
    changes(options: ChangesOptions = {}) {
      const log = logs[calls];
      calls += 1;
      if (log === undefined) throw new Error("It asks once more.");
      return log(options);
    },
  };
  const report = (followed: Followed): void => {
    if (followed.kind === "link") links.push(followed.link);
    waiting.get(links.length)?.();
  };
  const follower = createLogFollower(client, end.signal, report);
  follower.begin();
  return {
    follower,
    links,
    calls: () => calls,
    untilLinks: (count) =>
      links.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.set(count, resolve)),
    end: () => end.abort(),
  };
}

test("an interrupted stream, and a log that is refused for a while, are tried at once", async () => {
  for (const broken of [open(({ onInterrupted }) => onInterrupted?.(new Error("away"))), refused]) {
    const { follower, links, untilLinks, end } = follow([latest, broken, latest, open()]);
    await untilLinks(2);
    expect(links).toEqual(["live", "lost"]);
    follower.serverResponded();
    await untilLinks(3);
    expect(links).toEqual(["live", "lost", "live"]);
    end();
  }
});

test("a log that stays refused is asked once for each response, and is then lost as before", async () => {
  const { follower, links, calls, untilLinks, end } = follow([latest, refused, refused, refused]);
  await untilLinks(2);
  follower.serverResponded();
  follower.serverResponded();
  await untilLinks(3);
  expect(calls()).toBe(3);
  follower.serverResponded();
  await untilLinks(4);
  expect(calls()).toBe(4);
  expect(links).toEqual(["live", "lost", "lost", "lost"]);
  end();
});

test("a log that is live is left alone", async () => {
  const { follower, links, calls, untilLinks, end } = follow([latest, open()]);
  await untilLinks(1);
  follower.serverResponded();
  expect(links).toEqual(["live"]);
  expect(calls()).toBeLessThanOrEqual(2);
  end();
});
