import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { serverAccount } from "@tooling/postgres";
import { processesIn, signalAll } from "./processes-in.ts";
import { until } from "./until.ts";

/** What is started, and where. */
export interface ProgramOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** A folder that no other program has: what runs in it belongs to this one. */
  readonly folder: string;
}

/** A program with all that it has started, as if they were a machine of their own. */
export interface Program {
  /** Its output until now. */
  readonly output: () => string;
  /** Stops the processes where they are. */
  freeze(): void;
  /** Lets frozen processes go on. */
  thaw(): void;
  /** Ends all of them at once, without a chance to finish anything. */
  kill(): Promise<void>;
  /** Ends the program that was started alone; what it has started lives on. */
  killAlone(): void;
}

/** Starts a program under the servers' account. All of it ends with the place of its folder at the latest. */
export function startProgram({ command, args, folder }: ProgramOptions): Program {
  const log = join(folder, "output.log");
  const output = openSync(log, "a");
  const child = spawn("setpriv", [...asServerAccount(), "--no-new-privs", command, ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, LC_ALL: "C.UTF-8" },
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  child.unref();
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} cannot be started: setpriv is missing.`);
  const signal = (name: NodeJS.Signals): void => signalAll(processesIn(folder), name);
  const isEnded = async () => (processesIn(folder).length === 0 ? true : undefined);
  return {
    output: () => readFileSync(log, "utf8"),
    freeze: () => signal("SIGSTOP"),
    thaw: () => signal("SIGCONT"),
    killAlone: () => signalAll([pid], "SIGKILL"),
    async kill() {
      // Those that are killed last would otherwise go on for a moment, and respond.
      signal("SIGSTOP");
      signal("SIGKILL");
      await until(isEnded, { what: `end of ${command}` });
    },
  };
}

function asServerAccount(): readonly string[] {
  const { uid, gid } = serverAccount;
  return uid === undefined ? [] : [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
}
