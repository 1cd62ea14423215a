import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { openTerminal, type Terminal } from "@tooling/terminal";
import { median } from "../judging/statistics.ts";
import type { Sample } from "../judging/measurement.ts";
import { plainEnvironment } from "../processes/programs.ts";

/** A program that draws on a terminal: what is started, and what its screen shows in the end. */
export interface ScreenProgram {
  readonly file: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What the first whole frame shows. */
  readonly first: string;
  /** What the screen shows only until all is there. */
  readonly untilLoaded?: string;
}

const run = promisify(execFile);
/** Loading a long list takes a while on a busy machine. */
const patience = 120;

export const keys = { down: "\u001B[B", home: "\u001B[H", escape: "\u001B", redraw: "\f" } as const;

/** Starts a program in a pseudo-terminal of 80×24. */
export function startScreen({ file, env = {} }: ScreenProgram): Terminal {
  return openTerminal({
    command: process.execPath,
    args: [file],
    columns: 80,
    rows: 24,
    env: { ...plainEnvironment, LANG: "en_GB.UTF-8", ...env },
  });
}

/** Starts a program and waits until all of it is there. */
export async function startLoaded(program: ScreenProgram): Promise<Terminal> {
  const terminal = startScreen(program);
  try {
    await terminal.shows(program.first, patience);
    if (program.untilLoaded !== undefined) await terminal.hides(program.untilLoaded, patience);
    return terminal;
  } catch (error) {
    await terminal.close();
    throw error;
  }
}

/** How long it takes from the start of a process to its first whole frame. */
export async function measureStart(program: ScreenProgram, times: number): Promise<Sample> {
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const started = performance.now();
    const terminal = startScreen(program);
    try {
      await terminal.shows(program.first, patience);
      taken.push(performance.now() - started);
    } finally {
      await terminal.close();
    }
  }
  return { p50Us: (median(taken) ?? 0) * 1000, bad: 0 };
}

/** How long it takes from each key to what the program draws for it. */
export async function measureKeys(terminal: Terminal, pressed: readonly string[]): Promise<Sample> {
  const taken: number[] = [];
  for (const key of pressed) {
    const drawn = terminal.nextOutput();
    const started = performance.now();
    terminal.type(key);
    await drawn;
    taken.push(performance.now() - started);
    // The rest of a frame may come in a second piece, and must not be taken for the next one.
    await quiet(terminal);
  }
  return { p50Us: (median(taken) ?? 0) * 1000, p99Us: Math.max(...taken) * 1000, bad: 0 };
}

/** How many bytes a program draws for a key. */
export async function measureBytes(terminal: Terminal, pressed: readonly string[]): Promise<Sample> {
  const before = Buffer.byteLength(terminal.written());
  for (const key of pressed) {
    const drawn = terminal.nextOutput();
    terminal.type(key);
    await drawn;
    await quiet(terminal);
  }
  return { bytes: (Buffer.byteLength(terminal.written()) - before) / pressed.length, bad: 0 };
}

/** Resolves once a program has drawn nothing for a moment. */
export async function quiet(terminal: Terminal): Promise<void> {
  for (;;) {
    const { promise, resolve } = Promise.withResolvers<"quiet">();
    const timer = setTimeout(() => resolve("quiet"), 40);
    const first = await Promise.race([promise, terminal.nextOutput()]);
    clearTimeout(timer);
    if (first === "quiet") return;
  }
}

/** The memory of a program that has loaded everything, and how long that took from its start. */
export async function measureMemory(program: ScreenProgram): Promise<Sample> {
  const started = performance.now();
  const terminal = await startLoaded(program);
  const p50Us = (performance.now() - started) * 1000;
  await quiet(terminal);
  const rssBytes = await residentMemory(terminal.pid);
  await terminal.close();
  return { p50Us, rssBytes, bad: 0 };
}

async function residentMemory(pid: number): Promise<number> {
  const pages = await readFile(`/proc/${pid}/status`, "utf8").catch(() => undefined);
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(pages ?? "")?.[1];
  if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  const { stdout } = await run("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout.trim()) * 1024;
}
