import { setTimeout as delay } from "node:timers/promises";

/**
 * Milliseconds that what is under way may take where a store closes: a search whose caller has gone, a change that waits for
 * another program. Who closes a store has little time left: a facade has responded to its callers by then.
 */
const patience = 500;

/** Resolves once work has settled, or after a while: it may wait for a server that is silent. */
export async function settledSoon(work: Promise<unknown>): Promise<void> {
  await Promise.race([work, delay(patience, undefined, { ref: false })]);
}
