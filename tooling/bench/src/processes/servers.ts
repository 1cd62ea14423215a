import { execFile, type ChildProcess } from "node:child_process";
import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import * as z from "zod";
import type { BareServerOptions } from "../bare/bare-server-options.ts";
import { endProcess, messageOf, readUsage, scriptOf, startMeasured, type Usage } from "./child.ts";
import { builtFacade, plainEnvironment } from "./programs.ts";

/** A server that is under load, in a process of its own. */
export interface Server {
  readonly port: number;
  readUsage(): Promise<Usage>;
  close(): Promise<void>;
}

/** A facade with a token that it accepts. */
export interface FacadeServer extends Server {
  readonly token: string;
}

const run = promisify(execFile);

/** Starts one of the limits. */
export function startBareServer({ kind, file, logFile, token }: BareServerOptions): Promise<Server> {
  return listening(startMeasured(scriptOf("bare/bare-server.ts"), [kind, file, logFile, token]));
}

/** Starts the peer that serves lists from a bare store. */
export function startListServer(file: string): Promise<Server> {
  return listening(startMeasured(scriptOf("bare/list-server.ts"), [file]));
}

/** Runs a command of the facade as it is published, and gives what it printed. */
export async function runFacade(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [builtFacade, ...args], { env: plainEnvironment });
  return stdout;
}

/** Starts the facade as it is published, in a new folder and with the apps of a report. Its log goes to a file. */
export async function startFacade(data: string, report: string): Promise<FacadeServer> {
  await mkdir(data, { mode: 0o700 });
  await runFacade("import", report, "--data", data);
  const token = await runFacade("token", "--expires-in", "1d", "--data", data);
  const logFile = join(data, "facade.log");
  const log = await open(logFile, "w");
  const child = startMeasured(builtFacade, ["serve", "--port", "0", "--log", "json", "--data", data], log.fd);
  const port = await findPort(child, logFile);
  await log.close();
  return { ...serverOf(child, port), token: token.trim() };
}

async function findPort(child: ChildProcess, logFile: string): Promise<number> {
  while (child.exitCode === null) {
    const port = /http:\/\/127\.0\.0\.1:([0-9]+)/.exec(await readFile(logFile, "utf8"))?.[1];
    if (port !== undefined) return Number(port);
    await wait(20);
  }
  throw new Error("the facade did not start");
}

async function listening(child: ChildProcess): Promise<Server> {
  return serverOf(child, await messageOf(child, (message) => z.int().parse(message)));
}

function serverOf(child: ChildProcess, port: number): Server {
  return { port, readUsage: () => readUsage(child), close: () => endProcess(child) };
}
