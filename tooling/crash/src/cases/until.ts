import { setTimeout as wait } from "node:timers/promises";

/** How long something may take to come about, in milliseconds: long enough for a machine that is busy. */
const maxTime = 60_000;

/** Resolves once a condition holds. Throws what is waited for where it does not come about. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + maxTime;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`It did not come about that ${what}.`);
    await wait(10);
  }
}
