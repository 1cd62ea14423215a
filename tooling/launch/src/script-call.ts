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

export interface ScriptCallOptions {
  readonly folder?: string;
  /** Whether nothing but what the script prints is to be printed. */
  readonly silent?: boolean;
}

/**
 * How the editor is called in the folder in which this program was: for `INSTALL_SUMMARY_PROGRAM`. A data folder
 * elsewhere than there is named, since its development key is what signs the person in.
 */
export function editorCall(env: NodeJS.ProcessEnv = process.env, data?: string): string {
  const folder = env["INIT_CWD"] ?? process.cwd();
  const isUsual = data === undefined || relative(join(folder, ".data"), data) === "";
  const call = scriptCall("tui", { folder });
  return isUsual ? call : `INSTALL_SUMMARY_DATA=${shellWord(data)} ${call}`;
}
