import type { Sample } from "../judging/measurement.ts";

/** Work that is done again and again: `count` things at a time; it gives how many went wrong. */
export interface Work {
  readonly count: number;
  /** `start` is a number that no earlier call had. */
  readonly run: (start: number) => Promise<number>;
}

// No call changes a counter to what an earlier one has changed it to.
let next = 20_000_000;

/** Does work for a while in this process; processor time and latency are those of one thing. */
export async function measureWork({ count, run }: Work, milliseconds: number): Promise<Sample> {
  let done = 0;
  let bad = 0;
  const cpu = process.cpuUsage();
  const start = performance.now();
  const times: number[] = [];
  let now = start;
  while (now - start < milliseconds) {
    const before = now;
    bad += await run(next);
    next += count;
    done += count;
    now = performance.now();
    times.push(((now - before) * 1000) / count);
  }
  const { user, system } = process.cpuUsage(cpu);
  const p50Us = times.toSorted((one, other) => one - other)[times.length >> 1] ?? 0;
  return { rate: (done * 1000) / (now - start), p50Us, cpuUs: (user + system) / done, bad };
}
