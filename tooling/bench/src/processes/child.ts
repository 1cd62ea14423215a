import { fork, type ChildProcess, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { plainEnvironment } from "./programs.ts";

const usage = z
  .object({
    cpuUs: z.number(),
    rssBytes: z.number(),
    /** The highest resident memory so far. */
    peakBytes: z.number(),
    /** How many transactions it has committed. */
    commits: z.int(),
  })
  .readonly();

/** What a process has used so far. */
export type Usage = z.infer<typeof usage>;

const reporter = new URL("report-usage.mjs", import.meta.url).href;

/** Starts a program that tells its usage; its standard output goes to a file or nowhere. */
export function startMeasured(
  program: string,
  args: readonly string[],
  output?: number,
  env: NodeJS.ProcessEnv = plainEnvironment,
): ChildProcess {
  const stdio: StdioOptions = ["ignore", output ?? "ignore", "inherit", "ipc"];
  return fork(program, args, { execArgv: ["--import", reporter], env, stdio });
}

/** Starts a script of the bench that is not measured. */
export function startScript(path: string): ChildProcess {
  return fork(path, { execArgv: [], env: plainEnvironment });
}

/** The file of a script of the bench, named from one of its folders. */
export function scriptOf(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

/** Asks a measured program for its usage. */
export function readUsage(child: ChildProcess): Promise<Usage> {
  child.send("usage");
  return messageOf(child, readUsageMessage);
}

/** Waits for a measured program that ends by itself. Throws where it fails. */
export async function usageAtEnd(child: ChildProcess): Promise<Usage> {
  const ended = once(child, "close");
  const used = await messageOf(child, readUsageMessage);
  await ended;
  return used;
}

/** The next message of a process, read by a function that throws for anything else. */
export function messageOf<Message>(
  child: ChildProcess,
  read: (message: unknown) => Message,
): Promise<Message> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null): void =>
      reject(new Error(`a process of the bench ended early, with ${String(code)}`));
    child.once("exit", fail);
    child.once("message", (message: unknown) => {
      child.off("exit", fail);
      try {
        resolve(read(message));
      } catch (error) {
        reject(error);
      }
    });
  });
}

function readUsageMessage(message: unknown): Usage {
  return usage.parse(message);
}

/** Ends a process and waits until it has ended. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
