/** Does one thing after the other, and tells where one takes too long. */
export interface Turns {
  /** Does a task once all before it are done. Where that takes too long `late` is called, and the task goes on. */
  readonly take: <Result>(task: () => Promise<Result>, late: () => void) => Promise<Result>;
  /** Resolves once something takes too long, at once where something does. */
  readonly late: () => Promise<void>;
  /** Whether something is not done yet. */
  readonly isBusy: () => boolean;
}

/** Creates turns; more than `maxWait` milliseconds, with what comes before it, is too long for a task. */
export function createTurns(maxWait: number): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let late = Promise.withResolvers<void>();
  let count = 0;
  return {
    take(task, onLate) {
      count += 1;
      const limit = setTimeout(() => {
        late.resolve();
        onLate();
      }, maxWait).unref();
      const result = last.then(task).finally(() => {
        count -= 1;
        clearTimeout(limit);
        late = Promise.withResolvers();
      });
      last = result.catch(() => {});
      return result;
    },
    late: () => late.promise,
    isBusy: () => count > 0,
  };
}
