import { readFile } from "node:fs/promises";

/** What a process has used. */
export interface Usage {
  readonly cpuUs: number;
  readonly rssBytes: number;
}

/** Microseconds of a tick of Linux's process accounting. */
const tick = 10_000;
const pageBytes = 4096;

/** What a process has used so far; undefined where there is no /proc to read it from. */
export async function readUsage(pid: number): Promise<Usage | undefined> {
  let stat: string;
  try {
    stat = await readFile(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // The name in brackets may hold blanks; what follows does not. Source: proc_pid_stat(5).
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [user, system, pages] = [fields[11], fields[12], fields[21]].map(Number);
  if (user === undefined || system === undefined || pages === undefined) return undefined;
  return { cpuUs: (user + system) * tick, rssBytes: pages * pageBytes };
}
