/** Does one thing after the other, and tells where one takes too long. */
export interface Turns {
  /** Does a task once all before it are done. Where that takes too long `late` is called, and the task goes on. */
  readonly take: <Result>(task: () => Promise<Result>, late: () => void) => Promise<Result>;
  /** Resolves once something takes too long, at once where something does. */
  readonly late: () => Promise<void>;
}

/** Creates turns; more than `maxWait` milliseconds, with what comes before it, is too long for a task. */
export function createTurns(maxWait: number): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let late = Promise.withResolvers<void>();
  let lateCount = 0;
  return {
    take(task, onLate) {
      let isLate = false;
      const limit = setTimeout(() => {
        isLate = true;
        lateCount += 1;
        late.resolve();
        onLate();
      }, maxWait).unref();
      const result = last.then(task).finally(() => {
        clearTimeout(limit);
        if (isLate) lateCount -= 1;
        // A promise that someone may still wait for is kept.
        if (isLate && lateCount === 0) late = Promise.withResolvers();
      });
      last = result.catch(() => {});
      return result;
    },
    late: () => late.promise,
  };
}
