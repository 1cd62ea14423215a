import { callerFolder } from "@install-summary/command-line";
import { join, relative } from "node:path";
import { root } from "./project.ts";
import { shellWord } from "./shell-word.ts";

/** A script of the checkout with its arguments, as a command line for a shell in `folder`, or in any folder. */
export function scriptCall(script: string, { folder, silent }: ScriptCallOptions = {}): string {
  const isHere = folder !== undefined && relative(root, folder) === "";
  return [
    "npx -y pnpm@12",
    ...(silent === true ? ["--silent"] : []),
    ...(isHere ? [] : ["--dir", shellWord(root)]),
    script,
  ].join(" ");
}

/** From which folder a script is called, and how. */
export interface ScriptCallOptions {
  readonly folder?: string;
  /** Whether pnpm prints nothing of its own. */
  readonly silent?: boolean;
}

/**
 * How a person calls a program from its sources in their folder. A data folder other than `.data` in that folder is named:
 * it holds the apps, and its development key signs the person in.
 */
export function sourceCall(
  script: "tui" | "facade",
  env: NodeJS.ProcessEnv = process.env,
  data?: string,
): string {
  const folder = callerFolder(env, process.cwd());
  const isUsual = data === undefined || relative(join(folder, ".data"), data) === "";
  // The facade prints tokens and reports for other programs.
  const call = scriptCall(script, { folder, silent: script === "facade" });
  return isUsual ? call : `INSTALL_SUMMARY_DATA=${shellWord(data)} ${call}`;
}
