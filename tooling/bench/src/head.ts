import { execFile } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { promisify } from "node:util";

/** What a run was a run of, and where. */
export interface Head {
  readonly commit: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly cores: string;
  /** Processes that wanted to run, over the last minute: above the cores the figures suffer. */
  readonly load: number;
  readonly loadGenerator: string;
}

const run = promisify(execFile);

export async function readHead(): Promise<Head> {
  const { node, v8, sqlite } = process.versions;
  const [first] = cpus();
  return {
    commit: await readCommit(),
    versions: { node, v8, sqlite },
    cores: `${cpus().length} × ${first?.model ?? "unknown"}`,
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    loadGenerator: "our own, over plain sockets, in a process of its own",
  };
}

/** With `+` where the work tree is not what was committed. */
async function readCommit(): Promise<string> {
  try {
    const { stdout: commit } = await run("git", ["rev-parse", "--short", "HEAD"]);
    const { stdout: changes } = await run("git", ["status", "--porcelain"]);
    return commit.trim() + (changes === "" ? "" : "+");
  } catch {
    return "unknown";
  }
}
