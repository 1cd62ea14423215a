import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/** The facade as it is published. */
const builtFacade = fileURLToPath(
  new URL("dist/bin/install-summary-facade.js", import.meta.resolve("@install-summary/facade/package.json")),
);

/** What a command of the facade is run with. */
export interface Place {
  /** Its data folder. */
  readonly data: string;
  /** The store's file, where it is not in the data folder. */
  readonly store?: string | undefined;
  /** A command that runs the program, and has its words after its own: `strace`, `nsenter`, `faketime`. */
  readonly within?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** How a command ended. */
export interface Ended {
  readonly exit: number | null;
  readonly output: string;
}

/** A facade that serves, or did. */
export interface RunningFacade {
  readonly pid: number;
  readonly origin: string;
  /** The last lines of its log, and what it wrote to standard error. */
  readonly output: () => string;
  /** Sends a signal without waiting. */
  readonly signal: (name: NodeJS.Signals) => void;
  /** Ends it with a signal, by default without warning, and resolves to its exit code. */
  end(name?: NodeJS.Signals): Promise<number | null>;
  /** Resolves to the exit code once it has ended; null after a signal. */
  readonly ended: Promise<number | null>;
}

/** How much of the log is kept, in characters. */
const maxOutput = 20_000;

/** Runs a command to its end. */
export async function runFacade(place: Place, ...args: readonly string[]): Promise<Ended> {
  const child = spawnFacade(place, args);
  const [out, error, exit] = await Promise.all([text(child.stdout), text(child.stderr), exitOf(child)]);
  return { exit, output: out + error };
}

/** Starts to serve on a free port. Throws what it wrote where it ends before it serves. */
export async function startFacade(place: Place): Promise<RunningFacade> {
  const starting = beginFacade(place);
  const origin = await starting.origin;
  if (origin !== undefined) return { ...starting, origin };
  throw new Error(`The facade ended with ${await starting.ended}: ${starting.output()}`);
}

/** Begins to start one. Its origin is undefined where it ends before it serves. */
export function beginFacade(
  place: Place,
): Omit<RunningFacade, "origin"> & { readonly origin: Promise<string | undefined> } {
  const child = spawnFacade(place, ["serve", "--port", "0", "--log", "json"]);
  const ended = exitOf(child);
  const origin = Promise.withResolvers<string | undefined>();
  let output = "";
  const read = (chunk: string): void => {
    output = (output + chunk).slice(-maxOutput);
    const found = /"url":"(http:[^"]+)\/beta"/.exec(output)?.[1];
    if (found !== undefined) origin.resolve(found);
  };
  child.stdout.setEncoding("utf8").on("data", read);
  child.stderr.setEncoding("utf8").on("data", read);
  void ended.then(() => origin.resolve(undefined));
  return {
    pid: child.pid ?? 0,
    origin: origin.promise,
    output: () => output,
    signal: (name) => void child.kill(name),
    ended,
    end(name = "SIGKILL") {
      child.kill(name);
      return ended;
    },
  };
}

function spawnFacade({ data, store, within = [], env }: Place, args: readonly string[]) {
  const where = ["--data", data, ...(store === undefined ? [] : ["--store", `sqlite:${store}`])];
  const [command = process.execPath, ...rest] = [...within, process.execPath, builtFacade, ...args, ...where];
  const child = spawn(command, rest, {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

/** None may outlive this process, which may end in the midst of a case. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

async function exitOf(child: ChildProcess): Promise<number | null> {
  await once(child, "close");
  return child.exitCode;
}
