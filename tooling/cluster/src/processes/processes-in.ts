import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** The running processes whose working folder is this one or inside of it. Needs Linux's /proc. */
export function processesIn(folder: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && isIn(folder, name) && isAlive(name))
    .map(Number);
}

/** Sends a signal to processes that may have ended. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
  }
}

function isIn(folder: string, pid: string): boolean {
  try {
    const found = readlinkSync(`/proc/${pid}/cwd`);
    return found === folder || found.startsWith(`${folder}/`);
  } catch {
    // It has ended, or belongs to another user.
    return false;
  }
}

/** A process that has ended and is not collected yet is not alive. */
function isAlive(pid: string): boolean {
  try {
    // The name between the brackets may itself contain blanks and brackets.
    return !/\) Z \d+ /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
