import type { TenantSize } from "@install-summary/core/service";
import { setTimeout as delay } from "node:timers/promises";
import { interruptedErasure } from "./interrupted-erasure.ts";
import type { ErasureStep } from "./write.ts";

/** How many changes, and how many apps, go in one transaction. */
export const stepLength = 500;
/** Milliseconds between two transactions. Another process that waits to write tries every few milliseconds. */
const pause = 30;

/**
 * Takes the steps of an erasure one after the other, and resolves to what they have deleted. Throws the reason of the signal
 * where it is aborted before the last one; the error of a step that fails says what the others have deleted.
 */
export async function eraseInSteps(
  takeStep: () => Promise<ErasureStep>,
  signal?: AbortSignal,
): Promise<TenantSize> {
  let [apps, changes] = [0, 0];
  for (let isLast = false; !isLast;) {
    signal?.throwIfAborted();
    const step = await takeStep().catch((error: unknown) => {
      throw interruptedErasure(error, { apps, changes });
    });
    apps += step.apps;
    changes += step.changes;
    isLast = step.isLast;
    if (!isLast) await delay(pause);
  }
  return { apps, changes };
}
