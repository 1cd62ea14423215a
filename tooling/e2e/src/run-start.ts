import { spawn } from "node:child_process";
import { openTerminal, type Terminal } from "@tooling/terminal";
import { onTestFinished } from "vitest";
import { fromSources, root, startProgram } from "./checkout.ts";
import type { Place } from "./fresh-place.ts";

/** A `start` without a terminal. */
export interface Started {
  readonly pid: number;
  /** Resolves once it has printed the text; fails with all that it printed when it ends before. */
  prints(text: string): Promise<void>;
  output(): string;
  errors(): string;
  signal(name: NodeJS.Signals): void;
  /** Its exit code; undefined where a signal ended it. */
  readonly ended: Promise<number | undefined>;
}

const programOf = (args: readonly string[]): readonly string[] => [fromSources, startProgram, ...args];

/** Runs `start` where there is no terminal. */
export function runStart(place: Place, args: readonly string[] = []): Started {
  return watch(place, process.execPath, programOf(args));
}

/** Runs `start` where there is no terminal, by the command of the README. */
export function runStartByNpx(place: Place): Started {
  return watch(place, "npx", ["-y", "pnpm@12", "--dir", root, "start"]);
}

function watch(place: Place, command: string, args: readonly string[]): Started {
  const child = spawn(command, args, {
    cwd: place.folder,
    env: place.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const ended = new Promise<number | undefined>((resolve) => {
    child.once("close", (code) => resolve(code ?? undefined));
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return {
    pid: child.pid ?? 0,
    prints: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (output.includes(text)) resolve();
        };
        child.stdout.on("data", look);
        child.once("close", () => reject(new Error(`start ended without "${text}".\n${output}${errors}`)));
        look();
      }),
    output: () => output,
    errors: () => errors,
    signal: (name) => void child.kill(name),
    ended,
  };
}

/** Runs `start` in a terminal, where it opens the editor. */
export function startInTerminal(place: Place, args: readonly string[] = []): Terminal {
  const terminal = openTerminal({
    command: process.execPath,
    args: programOf(args),
    folder: place.folder,
    env: place.env,
    columns: 100,
    rows: 30,
  });
  onTestFinished(() => terminal.close());
  return terminal;
}
