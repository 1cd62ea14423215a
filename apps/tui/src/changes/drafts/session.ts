import { lstat, readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import * as z from "zod/mini";
import { isMissing, readPrivateFile, timeOf } from "./private-files.ts";

/** A session whose file was not touched for so long has ended, where its process cannot be looked up. */
const maxSilence = 120_000;

const sessionFile = z.object({ pid: z.int().check(z.positive()), host: z.string(), start: z.string() });

/** The text of this process's session file: what tells later whether it still runs. */
export async function formatSession(): Promise<string> {
  const { pid } = process;
  return JSON.stringify({ pid, host: await hostName(), start: await startOf(pid) });
}

/**
 * Whether the editor of a session still runs, by its file. On this computer its process tells, also while it is suspended;
 * for another one, with which the folder is shared, whether the file was touched lately. `now` is the time of the disk in
 * milliseconds, which a clock that is set does not change.
 */
async function isAlive(path: string, now: number): Promise<boolean> {
  const found = await lstat(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (found === undefined) return false;
  const isTouched = now - found.mtimeMs < maxSilence;
  const text = await readPrivateFile(path).catch(() => "");
  // Another editor has found it ended meanwhile, and removed it.
  if (text === undefined) return false;
  const session = parseSession(text);
  if (session === undefined || session.host !== (await hostName())) return isTouched;
  // Where the system does not say when a process was started, another one may have its number by now.
  if (session.start === "") return isTouched && isRunning(session.pid);
  return (await startOf(session.pid)) === session.start;
}

/** Whether the session with an id has ended. */
export type IsEnded = (id: string) => Promise<boolean>;

/** Tells sessions that have ended by the files in their folder, each looked up once. `own` has not. */
export async function endedSessions(folder: string, own: string): Promise<IsEnded> {
  const pathOf = (id: string): string => join(folder, `${id}.json`);
  const now = (await timeOf(pathOf(own))) ?? Date.now();
  const known = new Map<string, Promise<boolean>>([[own, Promise.resolve(false)]]);
  return (id) => {
    const ended = known.get(id) ?? isAlive(pathOf(id), now).then((alive) => !alive);
    known.set(id, ended);
    return ended;
  };
}

function parseSession(text: string): z.output<typeof sessionFile> | undefined {
  try {
    return sessionFile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** This computer, or this container of it: pids mean something only there. */
async function hostName(): Promise<string> {
  const pids = await readlink("/proc/self/ns/pid").catch(() => "");
  return `${hostname()} ${pids}`.trim();
}

/**
 * When a process was started and since which start of the system, so that a later one with the same number is told apart.
 * Empty where there is no such process, or the system does not say.
 */
async function startOf(pid: number): Promise<string> {
  try {
    const [status, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "utf8"),
      readFile("/proc/sys/kernel/random/boot_id", "utf8"),
    ]);
    // The name of the program may hold blanks and brackets; the 22nd field counts from before it.
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    const [state, start] = [fields[0], fields[19]];
    return start === undefined || state === "Z" || state === "X" ? "" : `${boot.trim()} ${start}`;
  } catch {
    return "";
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
