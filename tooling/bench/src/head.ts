import { execFile } from "node:child_process";
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { median } from "./judging/statistics.ts";

/** What was measured, and on what machine. */
export interface Head {
  readonly commit: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly cores: string;
  /** Processes that wanted to run, over the last minute: above the number of cores the figures suffer. */
  readonly load: number;
  /** How long the disk under the stores takes to make one page durable, in microseconds: the median of fifty. */
  readonly fsyncUs: number;
  readonly loadGenerator: string;
}

const run = promisify(execFile);

/** Reads what a result is printed under: the commit, the versions and the machine. */
export async function readHead(): Promise<Head> {
  const { node, v8, sqlite } = process.versions;
  const [first] = cpus();
  return {
    commit: await readCommit(),
    versions: { node, v8, sqlite },
    cores: `${cpus().length} × ${first?.model ?? "unknown"}`,
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    fsyncUs: Math.round(measureSync()),
    loadGenerator: "our own, over plain sockets, in a process of its own",
  };
}

/** With `+` where the work tree differs from what was committed. */
async function readCommit(): Promise<string> {
  try {
    const { stdout: commit } = await run("git", ["rev-parse", "--short", "HEAD"]);
    const { stdout: changes } = await run("git", ["status", "--porcelain"]);
    return commit.trim() + (changes === "" ? "" : "+");
  } catch {
    return "unknown";
  }
}

function measureSync(): number {
  const folder = mkdtempSync(join(tmpdir(), "install-summary-bench-"));
  const file = openSync(join(folder, "page"), "w");
  const page = new Uint8Array(4096);
  const times = Array.from({ length: 50 }, () => {
    writeSync(file, page);
    const start = performance.now();
    fdatasyncSync(file);
    return (performance.now() - start) * 1000;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return median(times) ?? 0;
}
