import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";

/** How a program ended, and what it wrote. */
export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and how a program runs; the environment is this process's unless it is given. */
export interface Place {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs a program to its end. Rejects where it cannot be started. */
export async function run(command: string, args: readonly string[], place: Place = {}): Promise<Ended> {
  const child = spawn(command, args, { ...place, stdio: ["ignore", "pipe", "pipe"] });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  const [stdout, stderr, exit] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { exit, stdout, stderr };
}

/** Runs a program that must succeed, and resolves to its standard output. Rejects with what it wrote otherwise. */
export async function succeed(command: string, args: readonly string[], place: Place = {}): Promise<string> {
  const { exit, stdout, stderr } = await run(command, args, place);
  if (exit !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${exit}: ${stderr}${stdout}`);
  return stdout;
}

/** Waits until a running program's standard output has a match. Rejects where the output ends without one. */
export function waitForOutput(
  { stdout }: { readonly stdout: Readable },
  pattern: RegExp,
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let output = "";
    stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      const match = pattern.exec(output);
      if (match !== null) resolve(match);
    });
    stdout.once("close", () => reject(new Error(`The program ended after this output: ${output}`)));
  });
}
