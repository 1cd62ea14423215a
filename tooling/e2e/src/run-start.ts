import { spawn } from "node:child_process";
import { devProgram, fromSources, startProgram } from "@tooling/launch/project";
import { openTerminal, type Terminal } from "@tooling/terminal";
import { onTestFinished } from "vitest";
import type { Place } from "./fresh-place.ts";

/** A program that runs without a terminal. */
export interface Started {
  /** Resolves once it has printed the text; fails with all that it printed when it ends before. */
  prints(text: string): Promise<void>;
  output(): string;
  errors(): string;
  signal(name: NodeJS.Signals): void;
  /** Its exit code; undefined where a signal ended it. */
  readonly ended: Promise<number | undefined>;
}

/** Runs `start` where there is no terminal. */
export function runStart(place: Place, args: readonly string[] = []): Started {
  return run(place, [fromSources, startProgram, ...args]);
}

/** Runs `dev` where there is no terminal. */
export function runDev(place: Place): Started {
  return run(place, [fromSources, devProgram]);
}

/** Runs `start` as npx does: below a process of its name that hands signals to a shell, which keeps them. */
export function runStartBelowNpx(place: Place): Started {
  const line = [process.execPath, fromSources, startProgram].join(" ");
  const npx = `process.title = "npm exec pnpm";
    const shell = require("node:child_process").spawn("sh", ["-c", ${JSON.stringify(`${line}; exit`)}], { stdio: "inherit" });
    process.once("SIGTERM", () => { shell.kill("SIGTERM"); process.exit(143); });`;
  return run(place, ["--eval", npx]);
}

function run(place: Place, args: readonly string[]): Started {
  const child = spawn(process.execPath, args, {
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
    prints: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (output.includes(text)) resolve();
        };
        child.stdout.on("data", look);
        child.once("close", () =>
          reject(new Error(`The program ended without "${text}".\n${output}${errors}`)),
        );
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
  return runInTerminal(place, [startProgram, ...args]);
}

/** Runs `dev` in a terminal, where it opens the editor. */
export function devInTerminal(place: Place): Terminal {
  return runInTerminal(place, [devProgram]);
}

function runInTerminal({ folder, env }: Place, program: readonly string[]): Terminal {
  const args = [fromSources, ...program];
  const terminal = openTerminal({ command: process.execPath, args, folder, env, columns: 100, rows: 30 });
  onTestFinished(() => terminal.close());
  return terminal;
}
