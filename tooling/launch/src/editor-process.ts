import { spawn, spawnSync } from "node:child_process";
import type { Facade } from "@install-summary/facade";
import { developmentTokenCommand } from "./development-token-command.ts";
import { sourceCall } from "./script-call.ts";

/** An editor that has the terminal. */
export interface EditorProcess {
  /** Its exit code, once the terminal is handed back. */
  readonly ended: Promise<number>;
  /** Asks it to end. */
  end(signal: NodeJS.Signals): void;
}

/**
 * Gives the terminal to an editor on the facade with that data folder, as its developer. The facade ends with it: `call`
 * starts both again.
 */
export function startEditor(
  program: string,
  { url, authorityFile }: Pick<Facade, "url" | "authorityFile">,
  data: string,
  call: string,
): EditorProcess {
  const env = {
    ...process.env,
    // The local authority of a facade that serves HTTPS without a given certificate.
    ...(authorityFile !== undefined && { NODE_EXTRA_CA_CERTS: authorityFile }),
    INSTALL_SUMMARY_URL: `${url}/beta`,
    INSTALL_SUMMARY_PROGRAM: sourceCall("tui", process.env, data),
    INSTALL_SUMMARY_FACADE_PROGRAM: sourceCall("facade", process.env, data),
    INSTALL_SUMMARY_START: call,
    INSTALL_SUMMARY_DATA: data,
    // A profile of the person's is for another server.
    INSTALL_SUMMARY_PROFILE: "none",
    INSTALL_SUMMARY_TOKEN_TENANT: undefined,
    INSTALL_SUMMARY_TOKEN: undefined,
    INSTALL_SUMMARY_TOKEN_FILE: undefined,
    INSTALL_SUMMARY_TOKEN_COMMAND: developmentTokenCommand,
  };
  const editor = spawn(process.execPath, ["--enable-source-maps", program], { env, stdio: "inherit" });
  const ended = new Promise<number>((resolve, reject) => {
    editor.once("error", reject).once("exit", (code, signal) => {
      if (signal !== null) restoreTerminal();
      resolve(code ?? 1);
    });
  });
  return { ended, end: (signal) => void editor.kill(signal) };
}

/** Does what a killed editor could not: leave the alternate screen, show the cursor, wrap rows, echo keys. */
function restoreTerminal(): void {
  process.stdout.write("\u001B[?1049l\u001B[?25h\u001B[?7h\u001B[?2004l\u001B[0m");
  if (process.platform !== "win32") spawnSync("stty", ["sane"], { stdio: "inherit" });
}
