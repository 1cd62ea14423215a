import { relative } from "node:path";
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

export interface ScriptCallOptions {
  readonly folder?: string;
  /** Whether nothing but what the script prints is to be printed. */
  readonly silent?: boolean;
}

/** How the editor is called in the folder in which this program was: for `INSTALL_SUMMARY_PROGRAM`. */
export function editorCall(env: NodeJS.ProcessEnv = process.env): string {
  return scriptCall("tui", { folder: env["INIT_CWD"] ?? process.cwd() });
}
