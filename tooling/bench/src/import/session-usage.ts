import type { PostgresServer } from "@tooling/postgres";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Sample } from "../judging/measurement.ts";

/** Why the processor time of a server's sessions cannot be read on this machine; undefined where it can. */
export function noSessionUsage(): string | undefined {
  return existsSync("/proc/self/stat") ? undefined : "/proc of Linux";
}

/** Adds what the sessions of a database have used meanwhile, for each of so many rows, to the processor time of a sample. */
export async function measureSessions(
  server: PostgresServer,
  database: string,
  rows: number,
  measure: () => Promise<Sample>,
): Promise<Sample> {
  await untilIdle(server, database);
  const before = await endedMicroseconds(server.pid());
  const sample = await measure();
  await untilIdle(server, database);
  const used = (await endedMicroseconds(server.pid())) - before;
  return { ...sample, cpuUs: (sample.cpuUs ?? 0) + used / rows };
}

/** A server knows what a session has used once that has ended. */
async function untilIdle(server: PostgresServer, database: string): Promise<void> {
  const count = async () =>
    (await server.query("SELECT FROM pg_stat_activity WHERE datname = $1", [database])).length;
  while ((await count()) > 0) await wait(20);
}

/** The processor time of all children of a process that have ended. */
async function endedMicroseconds(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8");
  // The name of the process is in parentheses, and may have blanks.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [user = 0, system = 0] = fields.slice(13, 15).map(Number);
  return (user + system) * microsecondsOfTick;
}

/** Linux counts in hundredths of a second, whatever its kernel does. */
const microsecondsOfTick = 10_000;
