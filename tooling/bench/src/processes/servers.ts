import { developmentTenantId, type TestAuthority } from "@install-summary/facade";
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
  readonly isTls?: boolean;
  readUsage(): Promise<Usage>;
  close(): Promise<void>;
}

/** A facade with a token that it accepts. */
export interface FacadeServer extends Server {
  readonly token: string;
}

const run = promisify(execFile);

/** Starts one of the limits. */
export function startBareServer(options: BareServerOptions): Promise<Server> {
  const { kind, file, logFile, token, certificate } = options;
  const args = [kind, file, logFile, token, ...given(certificate)];
  return listening(startMeasured(scriptOf("bare/bare-server.ts"), args), certificate !== undefined);
}

/** Starts the peer that serves lists from a bare store. */
export function startListServer(file: string, certificate?: string): Promise<Server> {
  const args = [file, ...given(certificate)];
  return listening(startMeasured(scriptOf("bare/list-server.ts"), args), certificate !== undefined);
}

/** Runs a command of the facade as it is published, and gives what it printed. */
export async function runFacade(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [builtFacade, ...args], { env: plainEnvironment });
  return stdout;
}

/** How a facade is started. */
export interface FacadeOptions {
  /** A report with the apps that it has beside those of its store. */
  readonly report?: string;
  /** Whose tokens it accepts, over HTTPS then; without it development tokens over plain HTTP. */
  readonly authority?: TestAuthority;
  /** The URL of its store, with a password; by default a file in its folder. */
  readonly store?: string;
}

/** Starts the facade as it is published, with a folder for its data. Its log goes to a file. */
export async function startFacade(
  data: string,
  { report, authority, store }: FacadeOptions = {},
): Promise<FacadeServer> {
  await mkdir(data, { recursive: true, mode: 0o700 });
  const whose = authority === undefined ? [] : teamArguments(authority);
  const env = store === undefined ? plainEnvironment : { ...plainEnvironment, INSTALL_SUMMARY_STORE: store };
  if (report !== undefined) {
    const [tenant] = authority?.settings.tenants ?? [developmentTenantId];
    await run(process.execPath, [builtFacade, "import", report, "--data", data, "--tenant", tenant], { env });
  }
  const token = await (authority?.issueToken({ expiresIn: 86_400 }) ??
    runFacade("token", "--expires-in", "1d", "--data", data));
  const logFile = join(data, "facade.log");
  const log = await open(logFile, "w");
  const args = ["serve", "--port", "0", "--log", "json", "--data", data, ...whose];
  const child = startMeasured(builtFacade, args, log.fd, env);
  const port = await findPort(child, logFile);
  await log.close();
  return { ...serverOf(child, port, authority !== undefined), token: token.trim() };
}

function teamArguments({ settings: { tenants, audience, authority } }: TestAuthority): readonly string[] {
  return ["--https", "--tenants", tenants.join(), "--audience", audience.join(), "--authority", authority];
}

function given(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}

async function findPort(child: ChildProcess, logFile: string): Promise<number> {
  while (child.exitCode === null) {
    const port = /"url":"https?:\/\/127\.0\.0\.1:([0-9]+)/.exec(await readFile(logFile, "utf8"))?.[1];
    if (port !== undefined) return Number(port);
    await wait(20);
  }
  throw new Error("the facade did not start");
}

async function listening(child: ChildProcess, isTls: boolean): Promise<Server> {
  return serverOf(child, await messageOf(child, (message) => z.int().parse(message)), isTls);
}

function serverOf(child: ChildProcess, port: number, isTls: boolean): Server {
  return { port, isTls, readUsage: () => readUsage(child), close: () => endProcess(child) };
}
