import type { Steps } from "./parts.ts";

/** Works that have their turns alternately. */
export interface Rounds {
  /** Adds a work, which begins behind those that are under way. `done` is called with its result. */
  add<Result>(work: Steps<Result>, done: (result: Result) => void): void;
  /** Leaves all works where they are. */
  end(): void;
}

/**
 * Makes rounds, in which each work takes steps for so many milliseconds, one at least. What comes meanwhile has its place in the
 * round: the event loop has a turn after each work's.
 */
export function createRounds(turnMs = 25): Rounds {
  /** Each takes a step, and tells whether there is another one. */
  let works: readonly (() => boolean)[] = [];
  const run = (): void => {
    const [work, ...others] = works;
    if (work === undefined) return;
    const end = performance.now() + turnMs;
    let hasMore = work();
    while (hasMore && performance.now() < end) hasMore = work();
    works = hasMore ? [...others, work] : others;
    if (works.length > 0) setImmediate(run);
  };
  return {
    add(work, done) {
      works = [
        ...works,
        () => {
          const step = work.next();
          if (step.done === true) done(step.value);
          return step.done !== true;
        },
      ];
      if (works.length === 1) setImmediate(run);
    },
    end() {
      works = [];
    },
  };
}
