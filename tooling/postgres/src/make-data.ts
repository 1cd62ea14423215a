import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { serverAccount } from "./account.ts";

/** Where the data of a server is made, and whose it is. */
export interface DataOptions {
  /** The file of `initdb`. */
  readonly initdb: string;
  /** The server's folder. */
  readonly folder: string;
  /** The superuser's name. */
  readonly user: string;
}

const run = promisify(execFile);

/** It orders texts as people do, so that tests find code that relies on code points. */
const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US"];

/** What initdb has made is kept here: a copy of it is made in a tenth of the time. */
const cache = join(import.meta.dirname, "../node_modules/.cache/data");

/** Makes the data of a server in `data` of its folder, and resolves to the superuser's password. */
export async function makeData(options: DataOptions): Promise<string> {
  const { initdb, folder, user } = options;
  const { uid, gid } = serverAccount;
  if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid);
  // The path of initdb names its version.
  const key = JSON.stringify([initdb, user, locale, uid ?? process.geteuid?.()]);
  const kept = join(cache, createHash("sha256").update(key).digest("hex"));
  if (existsSync(kept)) await run("cp", ["-a", `${kept}/.`, folder]);
  else {
    await initialize(options);
    await keep(folder, kept);
  }
  return (await readFile(passwordFile(folder), "utf8")).trim();
}

async function initialize({ initdb, folder, user }: DataOptions): Promise<void> {
  const file = passwordFile(folder);
  await writeFile(file, `${randomUUID()}\n`, { mode: 0o600 });
  const { uid, gid } = serverAccount;
  if (uid !== undefined && gid !== undefined) await chown(file, uid, gid);
  const data = join(folder, "data");
  const args = ["-D", data, "-U", user, `--pwfile=${file}`, "--auth=scram-sha-256", "--no-sync"];
  await run(initdb, [...args, ...locale], { ...serverAccount, env: { LC_ALL: "C", TZ: "UTC" } });
}

/** Keeps a copy of a folder. Of several processes that do so at once, the copy of the first one stays. */
async function keep(folder: string, kept: string): Promise<void> {
  const copy = `${kept}-${randomUUID()}`;
  await mkdir(cache, { recursive: true });
  await run("cp", ["-a", folder, copy]);
  await rename(copy, kept).catch(async (error: unknown) => {
    await rm(copy, { recursive: true });
    if (!existsSync(kept)) throw error;
  });
}

function passwordFile(folder: string): string {
  return join(folder, "password");
}
