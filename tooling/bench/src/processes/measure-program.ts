import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Sample } from "../judging/measurement.ts";
import { plainEnvironment } from "./programs.ts";

const run = promisify(execFile);

/** A program that starts, does its work and ends. */
export interface ProgramRun {
  /** Node's own arguments included. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What it prints every time, if anything. */
  readonly prints?: string;
}

// Bash knows the processor time of what it has run, so nothing has to be loaded into the programs.
const script = `TIMEFORMAT='%3R %3U %3S'; times=$1; shift; time for ((at = 0; at < times; at++)); do "$@" 2>/dev/null; done`;

/** Runs a program some times, one after the other, by this process's Node. */
export async function measureProgram({ args, env = {}, prints }: ProgramRun, times: number): Promise<Sample> {
  const { stdout, stderr } = await run(
    "bash",
    ["-c", script, "bash", String(times), process.execPath, ...args],
    { env: { ...plainEnvironment, ...env } },
  );
  const [real, user, system] = stderr.trim().split(" ").map(Number);
  if (real === undefined || user === undefined || system === undefined || Number.isNaN(system))
    throw new Error(`bash did not say how long it took: ${stderr}`);
  const right = prints === undefined ? times : stdout.split(prints).length - 1;
  return { p50Us: (real / times) * 1e6, cpuUs: ((user + system) / times) * 1e6, bad: times - right };
}
