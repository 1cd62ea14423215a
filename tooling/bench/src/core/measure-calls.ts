import type { Sample } from "../judging/measurement.ts";

const batch = 100;

/** Calls a function over and over for a while; the last result of every hundred is checked. */
export async function measureCalls<Value>(
  call: () => Value,
  isRight: (value: Value) => boolean,
  milliseconds: number,
): Promise<Sample> {
  let calls = 0;
  let bad = 0;
  const cpu = process.cpuUsage();
  const start = performance.now();
  let now = start;
  while (now - start < milliseconds) {
    let value = call();
    for (let more = 1; more < batch; more += 1) value = call();
    if (!isRight(value)) bad += 1;
    calls += batch;
    now = performance.now();
  }
  const { user, system } = process.cpuUsage(cpu);
  return { rate: (calls * 1000) / (now - start), cpuUs: (user + system) / calls, bad };
}
