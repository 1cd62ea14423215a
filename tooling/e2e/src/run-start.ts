import { spawn } from "node:child_process";
import { devProgram, fromSources, startProgram } from "@tooling/launch/project";
import { openTerminal, type Terminal } from "@tooling/terminal";
import { onTestFinished } from "vitest";
import type { Sandbox } from "./sandbox.ts";

/** A program that runs without a terminal. */
export interface Started {
  /** Resolves once the program has printed the text; rejects with its whole output when it ends first. */
  prints(text: string): Promise<void>;
  output(): string;
  errors(): string;
  signal(name: NodeJS.Signals): void;
  /** The exit code; undefined after a signal. */
  readonly ended: Promise<number | undefined>;
}

/** Runs `start` without a terminal. */
export function runStart(sandbox: Sandbox, args: readonly string[] = []): Started {
  return run(sandbox, [fromSources, startProgram, ...args]);
}

/** Runs `dev` without a terminal. */
export function runDev(sandbox: Sandbox): Started {
  return run(sandbox, [fromSources, devProgram]);
}

/** Runs `start` as npx does: below a process named npm that sends signals to a shell, which does not pass them on. */
export function runStartBelowNpx(sandbox: Sandbox): Started {
  const line = [process.execPath, fromSources, startProgram].join(" ");
  const npx = `process.title = "npm exec pnpm";
    const shell = require("node:child_process").spawn("sh", ["-c", ${JSON.stringify(`${line}; exit`)}], { stdio: "inherit" });
    process.once("SIGTERM", () => { shell.kill("SIGTERM"); process.exit(143); });`;
  return run(sandbox, ["--eval", npx]);
}

function run(sandbox: Sandbox, args: readonly string[]): Started {
  const child = spawn(process.execPath, args, {
    cwd: sandbox.folder,
    env: sandbox.env,
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
export function startInTerminal(sandbox: Sandbox, args: readonly string[] = []): Terminal {
  return runInTerminal(sandbox, [startProgram, ...args]);
}

/** Runs `dev` in a terminal, where it opens the editor. */
export function devInTerminal(sandbox: Sandbox): Terminal {
  return runInTerminal(sandbox, [devProgram]);
}

function runInTerminal({ folder, env }: Sandbox, program: readonly string[]): Terminal {
  const args = [fromSources, ...program];
  const terminal = openTerminal({ command: process.execPath, args, folder, env, columns: 100, rows: 30 });
  onTestFinished(() => terminal.close());
  return terminal;
}
