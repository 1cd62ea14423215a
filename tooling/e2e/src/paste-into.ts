import { spawnSync } from "node:child_process";
import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What both programs are called. */
export const programNames = ["install-summary", "install-summary-facade"] as const;

/** Shells with what they are started with, so that they read what is pasted from standard input as a person has set them. */
export const pastedInto: readonly (readonly [shell: string, ...args: readonly string[]])[] = [
  ["bash", "--noprofile", "--norc", "-s"],
  ["bash", "--noprofile", "--norc", "-i"],
  ["zsh", "-f", "-s"],
  ["zsh", "-f", "-i"],
  ["zsh", "-i"],
  ["fish", "--no-config"],
];

/** What was run, and what a shell said to it. */
export interface Pasted {
  /** The words of each call of a program, its name first. */
  readonly calls: readonly (readonly string[])[];
  readonly stderr: string;
}

/**
 * Lets a shell run a text, in a folder where nothing is in its path but both programs, which write down with what words they
 * are called.
 */
export function pasteInto(
  [shell, ...args]: readonly [shell: string, ...args: readonly string[]],
  text: string,
  folder: string,
): Pasted {
  const log = join(folder, "calls");
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  for (const name of programNames) {
    const file = join(bin, name);
    writeFileSync(file, `#!/bin/sh\nprintf '%s\\0' "\${0##*/}" "$@" '' >>'${log}'\n`);
    chmodSync(file, 0o755);
  }
  // Without a file to start with zsh asks what to do.
  writeFileSync(join(folder, ".zshrc"), "");
  writeFileSync(log, "");
  const typed = join(folder, "typed");
  writeFileSync(typed, text);
  // fish reads from files and pipes only, and the input of a child of Node is neither.
  const input = openSync(typed, "r");
  const { stdout: place } = spawnSync("sh", ["-c", `command -v ${shell}`], { encoding: "utf8" });
  const { stderr, error } = spawnSync(place.trim(), args, {
    cwd: folder,
    encoding: "utf8",
    stdio: [input, "pipe", "pipe"],
    env: { PATH: bin, HOME: folder, ZDOTDIR: folder, FPATH: folder, PS1: "", TERM: "dumb" },
  });
  closeSync(input);
  if (error !== undefined) throw error;
  const calls = readFileSync(log, "utf8")
    .split("\0\0")
    .filter((call) => call !== "")
    .map((call) => call.split("\0"));
  return { calls, stderr };
}
