import { once } from "node:events";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { createStoreFile } from "../src/store/sqlite/create-store-file.ts";
import { startFacade } from "./programs.ts";
import { temporaryFolder } from "./stores.ts";

/** The URL of a server that takes connections and says nothing. */
async function openSilentServer(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return `postgres://nobody@127.0.0.1:${address.port}/nothing?sslmode=disable`;
}

/** What holds up a start: a lock of the store or of the backup, which may have a log beside it that a killed process left. */
type Held = "store" | "store with a log" | "backup" | "server";

function lock(file: string): void {
  const database = new DatabaseSync(file);
  onTestFinished(() => database.close());
  database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
}

/** Leaves a log as a process does that is killed. */
function leaveLog(file: string): void {
  const from = join(temporaryFolder(), "store.db");
  createStoreFile(from);
  using writer = new DatabaseSync(from);
  writer.exec("CREATE TABLE other (id); DROP TABLE other");
  for (const part of ["", "-wal", "-shm"]) copyFileSync(from + part, file + part);
}

/** Whether a process listens to SIGHUP, which ends it otherwise. */
function hearsSignals(pid: number | undefined): boolean {
  const [, caught = ""] = /^SigCgt:\s*(\w+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return (BigInt(`0x${caught}`) & 1n) === 1n;
}

/** Starts a command in a folder of its own, stops it while it waits, and tells how it ended. */
async function stopStart(command: string, held: Held, signal: NodeJS.Signals) {
  const folder = temporaryFolder();
  const data = join(folder, ".data");
  const [file, copy] = [join(data, "install-summary.db"), join(folder, "good.db")];
  mkdirSync(data, { mode: 0o700 });
  createStoreFile(file);
  copyFileSync(file, copy);
  if (held === "store with a log") leaveLog(file);
  if (held !== "server") lock(held === "backup" ? copy : file);
  const words = [...command.split(" "), ...(held === "server" ? ["--store", await openSilentServer()] : [])];
  const child = startFacade({ folder }, ...words);
  const { stderr } = child;
  if (stderr === null) throw new Error("the program has no standard error");
  await expect.poll(() => hearsSignals(child.pid), { interval: 10 }).toBe(true);
  child.kill(signal);
  const [told, [exit, ended]] = await Promise.all([text(stderr), once(child, "exit")]);
  return { exit: exit ?? ended, told };
}

const stops = {
  SIGTERM: { exit: 143, by: "SIGTERM" },
  SIGINT: { exit: 130, by: "Ctrl-C" },
  SIGHUP: { exit: 129, by: "the end of its terminal" },
} as const;

// Commands that are not named here are ended by the system until they have opened the store.
test.skipIf(process.platform !== "linux").each([
  ["serve --port 0", "store", "SIGTERM"],
  ["serve --port 0", "store with a log", "SIGINT"],
  ["serve --port 0", "server", "SIGHUP"],
  ["backup copy.db", "store", "SIGINT"],
  ["backup copy.db", "store with a log", "SIGHUP"],
  ["restore good.db", "store", "SIGHUP"],
  ["restore good.db", "backup", "SIGTERM"],
  ["restore good.db", "server", "SIGINT"],
] as const)("%s that waits for a %s is ended at once by %s", async (command, held, signal) => {
  const { exit, by } = stops[signal];
  const ended = await stopStart(command, held, signal);
  expect(ended).toEqual({
    exit: expect.toBeOneOf([exit, signal]),
    told: `install-summary-facade: Stopped by ${by}.\n`,
  });
});
