import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as z from "zod";
import type { IntegrityResult } from "./integrity-check.ts";

const integrityResult: z.ZodType<IntegrityResult> = z.union([
  z.object({ faults: z.array(z.string()).readonly() }),
  z.object({ message: z.string(), errcode: z.int() }),
  z.object({ message: z.string(), code: z.string(), syscall: z.string() }),
]);

/**
 * Has every page and every byte of a file read, and gives what is wrong with the pages. It is done by a process of its own,
 * which a signal ends at once: this process could do nothing else meanwhile, and would lose its locks. Throws the signal's
 * reason, the error of the system or of SQLite where the file cannot be read, and `UserError` where no process can be started.
 */
export async function checkPages(file: string, signal: AbortSignal): Promise<readonly string[]> {
  signal.throwIfAborted();
  const child = startCheck(file);
  const stop = (): boolean => child.kill("SIGKILL");
  signal.addEventListener("abort", stop);
  // It would read on, with its lock, for a process that has ended.
  process.once("exit", stop);
  try {
    let result: unknown;
    child.once("message", (message) => {
      result = message;
    });
    // Once it is closed it reads no file that is removed then, and all that it has sent is here.
    const [exit] = await once(child, "close").catch(notStarted);
    signal.throwIfAborted();
    if (result === undefined) throw new Error(`The check of ${file} ended with ${exit} and found nothing.`);
    const found = integrityResult.parse(result);
    if ("faults" in found) return found.faults;
    const { message, ...codes } = found;
    throw Object.assign(new Error(message), codes);
  } finally {
    signal.removeEventListener("abort", stop);
    process.off("exit", stop);
  }
}

function startCheck(file: string): ChildProcess {
  const isSource = import.meta.url.endsWith(".ts");
  try {
    return fork(new URL(`./integrity-check.${isSource ? "ts" : "js"}`, import.meta.url), [file], {
      // Sources import the sources of the workspace, whichever options this process was started with.
      execArgv: isSource ? ["--conditions=@install-summary/source"] : [],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
  } catch (error) {
    return notStarted(error);
  }
}

/** Says nothing of the file. Node throws some of what keeps a process from being started, and emits the rest. */
function notStarted(cause: unknown): never {
  const why = cause instanceof Error ? cause.message : String(cause);
  const message = `No process can be started to check the pages of a database: ${why}.`;
  throw new UserError(message, { exit: exitCodes.unavailable, code: "ServiceUnavailable", cause });
}
