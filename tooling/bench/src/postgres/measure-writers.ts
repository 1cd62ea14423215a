import type { Sample } from "../judging/measurement.ts";

/** Runs many writers beside each other for a while, each of which makes one change after the other. */
export async function measureWriters(
  writers: number,
  milliseconds: number,
  change: () => Promise<boolean>,
): Promise<Sample> {
  const times: number[] = [];
  let bad = 0;
  const cpu = process.cpuUsage();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async () => {
      for (let now = performance.now(); now - start < milliseconds;) {
        if (!(await change())) bad += 1;
        const end = performance.now();
        times.push(end - now);
        now = end;
      }
    }),
  );
  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const ordered = times.toSorted((one, other) => one - other);
  const at = (share: number): number => 1000 * (ordered[Math.floor(ordered.length * share)] ?? 0);
  return {
    rate: (times.length * 1000) / elapsed,
    p50Us: at(0.5),
    p99Us: at(0.99),
    cpuUs: (user + system) / times.length,
    bad,
  };
}
