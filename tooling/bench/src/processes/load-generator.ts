import type { Sample } from "../judging/measurement.ts";
import { parseLoadResult, type LoadJob, type LoadResult } from "../load/load-job.ts";
import { endProcess, messageOf, scriptOf, startScript } from "./child.ts";
import type { Server } from "./servers.ts";

/** The load generator, in a process of its own. */
export interface LoadGenerator {
  run(job: LoadJob): Promise<LoadResult>;
  close(): Promise<void>;
}

/** What a server is asked for. */
export type LoadRequest = Omit<LoadJob, "port" | "isTls" | "connections" | "milliseconds">;

/** Starts the load generator. */
export function startLoad(): LoadGenerator {
  const child = startScript(scriptOf("load/load.ts"));
  return {
    run(job) {
      child.send(job);
      return messageOf(child, parseLoadResult);
    },
    close: () => endProcess(child),
  };
}

/**
 * Puts a server under load for a while, and says what that cost it. The lead is not counted. Latencies are those of whole
 * requests; of a batch, everything else is for each request that it holds.
 */
export async function measureLoad(
  load: LoadGenerator,
  server: Server,
  request: LoadRequest,
  time: { readonly connections: number; readonly lead: number; readonly milliseconds: number },
): Promise<Sample> {
  const { port, isTls = false } = server;
  const job = { ...request, port, isTls, connections: time.connections };
  if (time.lead > 0) await load.run({ ...job, milliseconds: time.lead });
  const before = await server.readUsage();
  const result = await load.run({ ...job, milliseconds: time.milliseconds });
  const after = await server.readUsage();
  const { requests, bad, milliseconds, p50Us, p99Us, maxUs, busy: loadBusy, firstBad } = result;
  if (firstBad !== undefined)
    process.stderr.write(`a wrong response to ${job.method} ${job.path}: ${firstBad}\n`);
  const done = requests * (request.holds ?? 1);
  const cpuUs = after.cpuUs - before.cpuUs;
  const commits = after.commits - before.commits;
  return {
    rate: (done * 1000) / milliseconds,
    p50Us,
    p99Us,
    maxUs,
    cpuUs: cpuUs / done,
    rssBytes: after.rssBytes,
    bad,
    busy: cpuUs / (milliseconds * 1000),
    loadBusy,
    ...(commits > 0 && { groupSize: done / commits }),
  };
}
