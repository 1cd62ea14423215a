import { GraphError, graphError } from "@install-summary/core";
import type { ChangesOptions, ListedChange } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { loggedChange } from "../../test/logged-change.ts";
import type { Followed } from "../changes/follow-changes.ts";
import { createLogFollower } from "./log-follower.ts";

// A log that is lost is tried at once when the server responds to something else, but not where it asked for a pause.

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

/** A stream that is broken by this, and is tried again by the client. */
const interrupted = (error: unknown): Log => open(({ onInterrupted }) => onInterrupted?.(error));

const failing = (error: unknown): Log =>
  async function* () {
    yield* [];
    throw error;
  };

const away = Object.assign(new Error("The connection failed."), { name: "NetworkError" });
const responded = (status: number): GraphError =>
  new GraphError({ status, code: "Some", message: "Not now." });

/** A follower of a log that behaves like this call by call. */
function follow(logs: readonly Log[]): {
  readonly follower: ReturnType<typeof createLogFollower>;
  readonly calls: () => number;
  readonly links: readonly string[];
  readonly untilLinks: (count: number) => Promise<void>;
  /** Resolves once the log is asked so many times. */
  readonly untilCalls: (count: number) => Promise<void>;
  /** Whether what the log was asked for last, and the pause behind it, was ended. */
  readonly isEnded: () => boolean;
  readonly pass: (milliseconds: number) => void;
  readonly end: () => void;
} {
  const end = new AbortController();
  const links: string[] = [];
  const linksSeen = counter();
  const callsSeen = counter();
  let last: AbortSignal | undefined;
  let uptime = 0;
  const client = {
    changes(options: ChangesOptions = {}) {
      const log = logs[callsSeen.count()];
      callsSeen.add();
      last = options.signal;
      if (log === undefined) throw new Error("It asks once more.");
      return log(options);
    },
  };
  const report = (followed: Followed): void => {
    if (followed.kind !== "link") return;
    links.push(followed.link);
    linksSeen.add();
  };
  const follower = createLogFollower(client, end.signal, report, () => uptime);
  follower.begin();
  return {
    follower,
    links,
    calls: callsSeen.count,
    untilLinks: linksSeen.until,
    untilCalls: callsSeen.until,
    isEnded: () => last?.aborted === true,
    pass: (milliseconds) => {
      uptime += milliseconds;
    },
    end: () => end.abort(),
  };
}

function counter(): {
  readonly add: () => void;
  readonly count: () => number;
  readonly until: (count: number) => Promise<void>;
} {
  const waiting = new Map<number, () => void>();
  let count = 0;
  return {
    add() {
      count += 1;
      waiting.get(count)?.();
    },
    count: () => count,
    until: (wanted) =>
      count >= wanted ? Promise.resolve() : new Promise((resolve) => waiting.set(wanted, resolve)),
  };
}

test.each([
  ["a stream that broke", interrupted(away)],
  ["a stream that the server failed", interrupted(responded(503))],
  ["a log that no response came from", failing(away)],
  ["a log that the server failed", failing(responded(500))],
])("%s is tried at once", async (_which, broken) => {
  const { follower, links, untilLinks, end } = follow([latest, broken, latest, open()]);
  await untilLinks(2);
  expect(links).toEqual(["live", "lost"]);
  follower.serverResponded();
  await untilLinks(3);
  expect(links).toEqual(["live", "lost", "live"]);
  end();
});

test.each([
  ["401", failing(responded(401))],
  ["403", failing(graphError("Forbidden", "No."))],
  ["404", failing(responded(404))],
  ["429", failing(responded(429))],
  ["429 to a stream", interrupted(responded(429))],
  ["501", failing(responded(501))],
  ["a page that is no log", failing(new Error("It is not JSON."))],
  [
    "429 after it broke",
    open(({ onInterrupted }) => {
      onInterrupted?.(away);
      onInterrupted?.(responded(429));
    }),
  ],
])("a log that is lost by %s keeps its pause, however much the server responds", async (_which, lost) => {
  const { follower, links, calls, untilLinks, isEnded, pass, end } = follow([latest, lost]);
  await untilLinks(2);
  for (let index = 0; index < 300; index += 1) {
    follower.serverResponded();
    pass(1000);
  }
  expect(isEnded()).toBe(false);
  expect(calls()).toBe(2);
  expect(links).toEqual(["live", "lost"]);
  end();
});

test("a log that stays away is asked at most once in 5 seconds, and is then lost as before", async () => {
  const { follower, links, calls, untilLinks, isEnded, pass, end } = follow([
    latest,
    failing(away),
    failing(responded(503)),
    failing(away),
  ]);
  await untilLinks(2);
  follower.serverResponded();
  follower.serverResponded();
  await untilLinks(3);
  for (let index = 0; index < 300; index += 1) follower.serverResponded();
  pass(4999);
  follower.serverResponded();
  expect(isEnded()).toBe(false);
  expect(calls()).toBe(3);
  pass(1);
  follower.serverResponded();
  await untilLinks(4);
  expect(calls()).toBe(4);
  expect(links).toEqual(["live", "lost", "lost", "lost"]);
  end();
});

test.each([
  ["from the beginning", open(), ["live"]],
  [
    "again",
    open(({ onInterrupted, onResumed }) => {
      onInterrupted?.(away);
      onResumed?.();
    }),
    ["live", "lost", "live"],
  ],
])("a log that is live %s is left alone", async (_which, log, told) => {
  const { follower, links, untilCalls, untilLinks, isEnded, end } = follow([latest, log]);
  await untilCalls(2);
  await untilLinks(told.length);
  follower.serverResponded();
  expect(isEnded()).toBe(false);
  expect(links).toEqual(told);
  end();
});

test("a log that is asked anew, for a token that was given, is asked once", async () => {
  const { follower, calls, untilLinks, isEnded, end } = follow([latest, failing(away), latest, open()]);
  await untilLinks(2);
  follower.begin();
  follower.serverResponded();
  expect(isEnded()).toBe(false);
  await untilLinks(3);
  expect(calls()).toBeLessThanOrEqual(4);
  end();
});

test("what was ended for it says nothing of a log that is asked anew", async () => {
  const { follower, links, untilLinks, end } = follow([
    latest,
    interrupted(away),
    failing(away),
    latest,
    open(),
  ]);
  await untilLinks(2);
  follower.begin();
  await untilLinks(3);
  follower.serverResponded();
  await untilLinks(4);
  expect(links).toEqual(["live", "lost", "lost", "live"]);
  end();
});
