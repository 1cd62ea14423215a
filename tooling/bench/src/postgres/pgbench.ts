import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Sample } from "../judging/measurement.ts";

const program = ["/usr/bin/pgbench", "/usr/local/bin/pgbench", "/opt/homebrew/bin/pgbench"].find(existsSync);

/** Why this machine has no pgbench; undefined where it has one. */
export const whyNoPgbench: string | undefined =
  program === undefined ? "pgbench, which comes with PostgreSQL's server" : undefined;

/** What pgbench runs: a script over and over, on a number of connections at once. */
export interface PgbenchOptions {
  readonly url: string;
  readonly script: string;
  readonly connections: number;
  /** Whole seconds, which is how pgbench counts. */
  readonly seconds: number;
}

/** Runs a script with pgbench. What the server takes is not measured, as it is not for the store. */
export async function measurePgbench(options: PgbenchOptions): Promise<Sample> {
  const { url, script, connections, seconds } = options;
  const folder = await mkdtemp(join(tmpdir(), "install-summary-pgbench-"));
  try {
    const file = join(folder, "script.sql");
    await writeFile(file, script);
    const size = ["-c", String(connections), "-j", "1", "-T", String(seconds)];
    const args = ["--no-vacuum", "--protocol=prepared", "--log", ...size, "-f", file, url];
    const { stdout } = await promisify(execFile)(program ?? "pgbench", args, { cwd: folder });
    const [, rate = "0"] = /^tps = ([\d.]+)/m.exec(stdout) ?? [];
    const [, failed = "0"] = /^number of failed transactions: (\d+)/m.exec(stdout) ?? [];
    const times = await readTimes(folder);
    // On a busy machine the connections alone may take that long.
    if (times.length === 0 && seconds < 30) return await measurePgbench({ ...options, seconds: 2 * seconds });
    const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
    return { rate: Number(rate), p50Us: at(0.5), p99Us: at(0.99), bad: Number(failed) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The microseconds of each transaction, in order. */
async function readTimes(folder: string): Promise<readonly number[]> {
  const logs = (await readdir(folder)).filter((name) => name.startsWith("pgbench_log"));
  const texts = await Promise.all(logs.map((name) => readFile(join(folder, name), "utf8")));
  const times = texts.flatMap((text) => text.split("\n").map((line) => Number(line.split(" ")[2])));
  return times.filter((time) => time > 0).toSorted((one, other) => one - other);
}
