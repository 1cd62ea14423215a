import { spawn, spawnSync } from "node:child_process";
import { developmentTokenCommand } from "./development-token-command.ts";
import { editorProgram } from "./project.ts";

const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** How an editor ended, and whether because somebody asked this process to stop. */
export interface EditorEnding {
  readonly code: number;
  readonly stopped: boolean;
}

/**
 * Gives the terminal to the editor until it ends. A signal to this process ends the editor first, so that it can hand
 * the terminal back.
 */
export async function runEditor(url: string): Promise<EditorEnding> {
  const env = {
    ...process.env,
    INSTALL_SUMMARY_URL: `${url}/beta`,
    INSTALL_SUMMARY_TOKEN: undefined,
    INSTALL_SUMMARY_TOKEN_COMMAND: developmentTokenCommand,
  };
  const editor = spawn(process.execPath, [editorProgram], { env, stdio: "inherit" });
  let stopped = false;
  const stop = (signal: NodeJS.Signals): void => {
    stopped = true;
    editor.kill(signal === "SIGINT" ? "SIGTERM" : signal);
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    return await new Promise<EditorEnding>((resolve, reject) => {
      editor.once("error", reject).once("exit", (code, signal) => {
        if (signal !== null) restoreTerminal();
        resolve({ code: code ?? 1, stopped });
      });
    });
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

/** What an editor that was killed could not do itself: leave the alternate screen, show the cursor, echo keys. */
function restoreTerminal(): void {
  process.stdout.write("\u001B[?1049l\u001B[?25h\u001B[?2004l\u001B[0m");
  if (process.platform !== "win32") spawnSync("stty", ["sane"], { stdio: "inherit" });
}
