import { execFile, fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { LoadJob, LoadResult } from "../load/load-job.ts";

/** A server that is under load, in a process of its own. */
export interface Server {
  readonly pid: number;
  readonly port: number;
  close(): Promise<void>;
}

/** A facade with a token that it accepts. */
export interface FacadeServer extends Server {
  readonly token: string;
}

/** The load generator, in a process of its own. */
export interface LoadGenerator {
  run(job: LoadJob): Promise<LoadResult>;
  close(): Promise<void>;
}

const run = promisify(execFile);
const scriptOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const facadeProgram = scriptOf("../../../../apps/facade/dist/bin/install-summary-facade.js");

/** Starts one of the limits. */
export async function startBareServer(kind: string, file: string): Promise<Server> {
  const child = fork(scriptOf("../bare/bare-server.ts"), [kind, file], { execArgv: [] });
  const port: number = await messageOf(child);
  return { pid: child.pid ?? 0, port, close: () => end(child) };
}

/** Starts the facade as it is published, with the apps of a report. Its log goes to a file. */
export async function startFacade(folder: string, report: string): Promise<FacadeServer> {
  const data = join(folder, "facade");
  await mkdir(data, { mode: 0o700 });
  await run(process.execPath, [facadeProgram, "import", report, "--data", data]);
  const { stdout: token } = await run(process.execPath, [
    facadeProgram,
    "token",
    "--expires-in",
    "1d",
    "--data",
    data,
  ]);
  const logFile = join(folder, "facade.log");
  const log = await open(logFile, "w");
  const child = spawn(
    process.execPath,
    [facadeProgram, "serve", "--port", "0", "--log", "json", "--data", data],
    {
      stdio: ["ignore", log.fd, "inherit"],
    },
  );
  let port: string | undefined;
  while (port === undefined) {
    if (child.exitCode !== null) throw new Error("the facade did not start");
    await wait(20);
    port = /http:\/\/127\.0\.0\.1:([0-9]+)/.exec(await readFile(logFile, "utf8"))?.[1];
  }
  await log.close();
  return { pid: child.pid ?? 0, port: Number(port), token: token.trim(), close: () => end(child) };
}

/** Starts the same facade as a part of another program, where nothing is logged. */
export async function startQuietFacade(report: string): Promise<FacadeServer> {
  const child = fork(scriptOf("quiet-facade.ts"), [report], { execArgv: [] });
  const said: Pick<FacadeServer, "port" | "token"> = await messageOf(child);
  return { ...said, pid: child.pid ?? 0, close: () => end(child) };
}

/** Starts the load generator. */
export function startLoad(): LoadGenerator {
  const child = fork(scriptOf("../load/load.ts"), { execArgv: [] });
  return {
    run(job) {
      child.send(job);
      return messageOf(child);
    },
    close: () => end(child),
  };
}

/** The next thing that a process says. */
function messageOf<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error("a process of the bench ended early"));
    child.once("exit", fail);
    child.once("message", (message: Message) => {
      child.off("exit", fail);
      resolve(message);
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
