import { setTimeout as delay } from "node:timers/promises";
import { isPassing } from "./postgres-errors.ts";

const maxRetries = 5;
/** Milliseconds after the first failure in which all retries begin. */
const patience = 2000;
/** Milliseconds before the first retry, about; each further one waits twice as long. */
const firstPause = 25;

/** Runs work again where it met an error that passes and has left nothing behind: 5 times, and within 2 seconds. */
export async function retrying<Result>(work: () => Promise<Result>): Promise<Result> {
  let end: number | undefined;
  for (let retries = 0; ; retries += 1) {
    try {
      return await work();
    } catch (error) {
      end ??= performance.now() + patience;
      // By chance, so that those who met once do not meet again.
      const pause = firstPause * 2 ** retries * (0.5 + Math.random());
      if (!isPassing(error) || retries === maxRetries || performance.now() + pause > end) throw error;
      await delay(pause);
    }
  }
}
