import { LimitError } from "@install-summary/core/service";
import { setTimeout } from "node:timers/promises";

/**
 * Does work again while the store has too many other changes waiting, for `patience` milliseconds at most: an import is in
 * less of a hurry than they are.
 */
export async function whenAccepted<Result>(work: () => Promise<Result>, patience = 30_000): Promise<Result> {
  const end = performance.now() + patience;
  for (let pause = 10; ; pause = Math.min(pause * 2, 500)) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LimitError) || performance.now() > end) throw error;
    }
    await setTimeout(pause);
  }
}
