import { spawn } from "node:child_process";
import { openTerminal, type Terminal } from "@tooling/terminal";
import { onTestFinished } from "vitest";
import { fromSources, startProgram } from "./checkout.ts";
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

/** Runs `start` as npx does: below a process of its name that hands signals to a shell, which keeps them. */
export function runStartBelowNpx(place: Place): Started {
  const line = [process.execPath, ...programOf([])].join(" ");
  const npx = `process.title = "npm exec pnpm";
    const shell = require("node:child_process").spawn("sh", ["-c", ${JSON.stringify(`${line}; exit`)}], { stdio: "inherit" });
    process.once("SIGTERM", () => { shell.kill("SIGTERM"); process.exit(143); });`;
  return watch(place, process.execPath, ["--eval", npx]);
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
