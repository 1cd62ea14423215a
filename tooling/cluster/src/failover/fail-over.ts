import type { Load } from "@tooling/crash";
import { longestPause } from "./longest-pause.ts";
import type { Cluster } from "../postgres/start-cluster.ts";
import type { Fault } from "./faults.ts";

/** How many changes show that the service is there. */
const enough = 100;

/**
 * Lets a fault happen to the primary of a whole cluster under load, waits until changes are acknowledged again, and until
 * the cluster is whole again. Resolves to the longest time without an acknowledged change, in milliseconds.
 */
export async function failOver(cluster: Cluster, load: Load, { begin, finish }: Fault): Promise<number> {
  await cluster.isWhole();
  await load.acknowledged(enough);
  const primary = await cluster.primary();
  const since = performance.now();
  await begin(primary);
  await cluster.primaryOtherThan(primary);
  await load.acknowledged(enough);
  const pause = longestPause(load.history, since);
  await finish(primary);
  await cluster.isWhole();
  await load.acknowledged(enough);
  return pause;
}
