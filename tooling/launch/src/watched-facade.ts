import { spawn } from "node:child_process";
import { fromSources, startProgram } from "./project.ts";

/** A facade that starts again when its sources change. */
export interface WatchedFacade {
  /** Its origin, once it serves for the first time. */
  readonly url: Promise<string>;
  end(): Promise<void>;
}

/** Starts the facade from its sources as `start --no-editor` does; what it prints goes to the log. */
export function watchFacade(log: { write(text: string): unknown }): WatchedFacade {
  const args = ["--watch", "--watch-preserve-output", fromSources, startProgram, "--no-editor"];
  const facade = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<void>((resolve) => {
    facade.once("close", () => resolve());
  });
  const url = new Promise<string>((resolve, reject) => {
    let printed = "";
    let isStarting = true;
    const read = (text: string): void => {
      log.write(text);
      // What it prints while it serves is without end.
      if (!isStarting) return;
      printed += text;
      const served = /^Install Summary is on (\S+)\/beta,/m.exec(printed)?.[1];
      // With --watch Node waits for a change instead of ending.
      const [reason = "", waits] = printed.split("Failed running");
      if (served !== undefined) resolve(served);
      else if (waits !== undefined) reject(new Error(reason.trim()));
      else return;
      isStarting = false;
    };
    facade.stdout.setEncoding("utf8").on("data", read);
    facade.stderr.setEncoding("utf8").on("data", read);
    facade.once("error", reject);
  });
  return {
    url,
    async end() {
      facade.kill("SIGTERM");
      await ended;
    },
  };
}
