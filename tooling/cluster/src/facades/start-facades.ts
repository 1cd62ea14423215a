import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { makePlace } from "../processes/place.ts";

const program = fileURLToPath(
  new URL("dist/bin/install-summary-facade.js", import.meta.resolve("@install-summary/facade/package.json")),
);

/** Which store the facades share. */
export interface FacadesOptions {
  readonly count: number;
  /** The URL of the store, its password included. */
  readonly store: string;
  /** Further variables of their environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Facades of one store, each a process of the built program, that accept the same tokens. */
export interface Facades extends AsyncDisposable {
  /** Where each serves. */
  readonly origins: readonly string[];
  /** A token of a user who may read and write, which is good for hours. */
  readonly token: string;
  /** Those that have ended, which they should not. */
  ended(): readonly string[];
}

/** How much of what a facade writes is kept, in characters. */
const maxOutput = 20_000;

/** Starts them one after the other. They end with this process at the latest. */
export async function startFacades({ count, store, env = {} }: FacadesOptions): Promise<Facades> {
  await using started = new AsyncDisposableStack();
  const folder = started.use(makePlace()).makeFolder("facades");
  const environment = { PATH: process.env["PATH"], ...env, INSTALL_SUMMARY_STORE: store };
  const dataOf = (place: number): string => join(folder, String(place));
  const token = await issueToken(dataOf(1), environment);
  const facades: Facade[] = [];
  for (let place = 1; place <= count; place += 1) {
    if (place > 1) copyKey(dataOf(1), dataOf(place));
    const facade = await startFacade(folder, dataOf(place), environment);
    started.defer(() => end(facade.child));
    facades.push(facade);
  }
  const owned = started.move();
  return {
    origins: facades.map(({ origin }) => origin),
    token,
    ended: () => facades.filter(({ child }) => child.exitCode !== null).map(({ origin }) => origin),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

interface Facade {
  readonly origin: string;
  readonly child: ChildProcess;
}

type Environment = Readonly<Record<string, string | undefined>>;

async function startFacade(folder: string, data: string, env: Environment): Promise<Facade> {
  const args = [program, "serve", "--port", "0", "--log", "json", "--data", data];
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const origin = await new Promise<string>((resolve, reject) => {
    const read = (part: string): void => {
      output = (output + part).slice(-maxOutput);
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", read);
    child.once("close", () => reject(new Error(`serve ended: ${output}`)));
  });
  return { origin, child };
}

async function issueToken(data: string, env: Environment): Promise<string> {
  const args = [program, "token", "--expires-in", "12h", "--data", data];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return stdout.trim();
}

/** Facades that share a development key accept each other's tokens. */
function copyKey(from: string, to: string): void {
  const name = "development-key.pem";
  mkdirSync(to, { mode: 0o700 });
  copyFileSync(join(from, name), join(to, name));
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 15_000);
  await once(child, "exit");
  clearTimeout(late);
}
