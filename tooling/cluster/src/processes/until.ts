import { setTimeout } from "node:timers/promises";

export interface Waiting {
  /** What is waited for, as the error names it. */
  readonly what: string;
  /** Seconds after which waiting fails. @default 60 */
  readonly seconds?: number;
}

/** Asks again and again until there is a value. Rejects with what was waited for, and with the last fault. */
export async function until<Value>(
  ask: () => Promise<Value | undefined>,
  { what, seconds = 60 }: Waiting,
): Promise<Value> {
  const end = performance.now() + seconds * 1000;
  let cause: unknown;
  while (performance.now() < end) {
    try {
      const value = await ask();
      if (value !== undefined) return value;
    } catch (error) {
      cause = error;
    }
    await setTimeout(50);
  }
  throw new Error(`After ${seconds} s there is still no ${what}.`, { cause });
}
