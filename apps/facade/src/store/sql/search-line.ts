import { busy, shuttingDown } from "@install-summary/core/service";
import { callerKey, createShares, type UsedUp } from "../../shares/shares.ts";
import { createFairLine } from "./fair-line.ts";
import { callerGone } from "./caller-gone.ts";

/** Who searches. */
export interface Searcher {
  readonly tenantId: string;
  readonly actor: string;
  /** Gives the signal by which a search is abandoned: it leaves the line, or stops where it runs. */
  readonly abandoned?: (() => AbortSignal) | undefined;
}

/** Runs a few searches at a time, one of each user, so that a user with many slows only their own. */
export interface SearchLine {
  /**
   * Runs a search when it is its turn. Rejects with a 503 while too many wait. A search whose caller goes away is told by
   * the signal; the next one begins once it has settled.
   */
  run<Result>(by: Searcher, search: (gone: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Rejects the searches that wait, and those that come, with a 503; resolves once those that run have settled. */
  end(): Promise<void>;
}

/** How many searches run, and how many may wait. */
export interface SearchLineOptions {
  /** How many run at a time, each of another user. */
  readonly maxRunning: number;
  /** The maximum number of searches that wait. A quarter of it is the maximum of each who searches. @default 200 */
  readonly maxWaiting?: number | undefined;
}

interface WaitingSearch {
  /** Runs it, and resolves once it has settled in any way. */
  readonly begin: () => Promise<void>;
  readonly fail: (error: unknown) => void;
}

/** Creates a line in which no one waits. */
export function createSearchLine({ maxRunning, maxWaiting = 200 }: SearchLineOptions): SearchLine {
  const waiting = createFairLine<WaitingSearch>();
  const running = new Map<string, Promise<void>>();
  const shares = createShares({ max: maxWaiting, maxOfEach: maxWaiting / 4 });
  let isEnded = false;

  const beginNext = (): void => {
    if (running.size >= maxRunning) return;
    const next = waiting.take((key) => !running.has(key));
    if (next === undefined) return;
    shares.add(next.key, -1);
    const settled = next.item.begin();
    running.set(next.key, settled);
    void settled.then(() => {
      running.delete(next.key);
      beginNext();
    });
  };

  const wait = async <Result>(
    key: string,
    gone: AbortSignal,
    search: (gone: AbortSignal) => Promise<Result>,
  ): Promise<Result> => {
    const { promise: result, resolve: succeed, reject: fail } = Promise.withResolvers<Result>();
    const begin = (): Promise<void> => search(gone).then(succeed, fail);
    const waitingSearch = { begin, fail };
    const onGone = (): void => {
      if (waiting.remove(key, waitingSearch)) shares.add(key, -1);
      fail(callerGone());
    };
    gone.addEventListener("abort", onGone, { once: true });
    waiting.add(key, waitingSearch);
    shares.add(key, 1);
    beginNext();
    try {
      return await result;
    } finally {
      gone.removeEventListener("abort", onGone);
    }
  };

  return {
    async run(by, search) {
      if (isEnded) throw shuttingDown();
      const gone = by.abandoned?.() ?? neverGone;
      if (gone.aborted) throw callerGone();
      const key = callerKey(by);
      const usedUp = shares.usedUp(key);
      if (usedUp !== undefined) throw tooMany(usedUp);
      return wait(key, gone, search);
    },
    async end() {
      isEnded = true;
      for (const { fail } of waiting.clear()) fail(shuttingDown());
      await Promise.all(running.values());
    },
  };
}

const neverGone = new AbortController().signal;

function tooMany(usedUp: UsedUp): Error {
  const searches = usedUp === "own" ? "of your searches" : "searches";
  return busy("searches", `Too many ${searches} are waiting. Please retry again later.`, 1);
}
