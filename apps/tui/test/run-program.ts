import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { existsSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { ownHome } from "./own-home.ts";

/** The built program; `pnpm build` makes it. */
export const program = fileURLToPath(new URL("../dist/install-summary.js", import.meta.url));

if (!existsSync(program)) throw new Error(`${program} is not there: build it first, with pnpm build`);

export interface ProgramOptions {
  /** All of the environment beside the path, and a home that is not the one of the person who runs the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** What standard input holds; nothing by default. */
  readonly input?: string;
  readonly cwd?: string;
}

/** What a program left behind. */
export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built program without a terminal. */
export function startProgram(
  args: readonly string[],
  { env = {}, input = "", cwd }: ProgramOptions = {},
): { readonly child: ChildProcessWithoutNullStreams; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env["PATH"] ?? "", ...ownHome, ...env },
    ...(cwd !== undefined && { cwd }),
  });
  // A program that does not read its input closes it; that is not a failure of the test.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once("close", resolve);
    child.once("error", reject);
  });
  const ended = Promise.all([closed, text(child.stdout), text(child.stderr)]).then(
    ([exit, stdout, stderr]) => ({
      exit,
      stdout,
      stderr,
    }),
  );
  return { child, ended };
}

/** Runs the built program to its end. */
export function runProgram(args: readonly string[], options: ProgramOptions = {}): Promise<Ended> {
  return startProgram(args, options).ended;
}
