import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** The program as it is published: it has to be built, and starts far sooner than its sources. */
export const program: string = fileURLToPath(
  new URL("../dist/bin/install-summary-facade.js", import.meta.url),
);

const sources = fileURLToPath(new URL("../src/main.ts", import.meta.url));

export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a person types: the folder, and what else the environment says. */
export interface Place {
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether its sources run, as `pnpm facade` does it. */
  readonly fromSources?: boolean;
  /** A command that runs the program, and has its words after its own: `strace`, `setpriv`, `sh -c`. */
  readonly within?: readonly string[];
  /** What the program finds on standard input; nothing by default. */
  readonly stdin?: Readable;
}

/** Runs a command of the facade to its end. */
export async function runFacade(place: Place, ...args: readonly string[]): Promise<Ended> {
  const child = start(place, args);
  (place.stdin ?? Readable.from([])).pipe(child.stdin);
  const [stdout, stderr, [exit]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { exit: typeof exit === "number" ? exit : null, stdout, stderr };
}

/** Starts a command of the facade; it is killed when the test ends before it does. */
export function startFacade(place: Place, ...args: readonly string[]): ChildProcess {
  return start(place, args);
}

export interface Serving {
  readonly child: ChildProcess;
  /** The base URL that it says. */
  readonly url: string;
  /** What it has written to standard output until now. */
  readonly output: () => string;
  /** Resolves when standard output holds a word. */
  readonly said: (word: string) => Promise<void>;
  /** Sends a signal and resolves to the exit code. */
  readonly stop: (signal: NodeJS.Signals) => Promise<number | null>;
}

/** Starts to serve on a port with its log in a file, such as one on a disk that is full. */
export function serveInto(file: string, place: Place, port: number): Pick<Serving, "stop"> {
  const child = spawn(process.execPath, commandOf(place, ["serve", "--port", String(port)]), {
    cwd: place.folder,
    env: { PATH: process.env["PATH"] },
    stdio: ["ignore", openSync(file, "w"), "inherit"],
  });
  killAfterwards(child);
  return { stop: (signal) => stop(child, signal) };
}

/** Starts to serve on a free port and resolves as soon as the URL is said. */
export async function startServing(place: Place, ...args: readonly string[]): Promise<Serving> {
  const child = start(place, ["serve", "--port", "0", ...args]);
  let output = "";
  child.stdout.setEncoding("utf8");
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk: string) => {
      output += chunk;
      const found = /https?:\/\/[^\s"]+/.exec(output);
      if (found !== null) resolve(found[0]);
    });
    void text(child.stderr).then((fault) => reject(new Error(`serve ended: ${fault}`)));
  });
  return {
    child,
    url,
    output: () => output,
    async said(word) {
      while (!output.includes(word)) await once(child.stdout, "data");
    },
    stop: (signal) => stop(child, signal),
  };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  child.kill(signal);
  const [exit] = await once(child, "exit");
  return typeof exit === "number" ? exit : null;
}

function start(place: Place, args: readonly string[]) {
  const words = [...(place.within ?? []), process.execPath, ...commandOf(place, args)];
  const [command = process.execPath, ...rest] = words;
  const child = spawn(command, rest, {
    cwd: place.folder,
    env: {
      PATH: process.env["PATH"],
      // What it is run within may count the calls of the system, or be another user.
      ...(place.within === undefined && { NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] }),
      ...place.env,
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  killAfterwards(child);
  return child;
}

function commandOf({ fromSources = false }: Place, args: readonly string[]): readonly string[] {
  return [...(fromSources ? ["--conditions=@install-summary/source", sources] : [program]), ...args];
}

function killAfterwards(child: ChildProcess): void {
  onTestFinished(() => {
    if (child.exitCode === null) child.kill("SIGKILL");
  });
}
