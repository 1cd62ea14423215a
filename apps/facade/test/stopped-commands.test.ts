import { openTerminal } from "@tooling/terminal";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  closeSync,
  constants as file,
  existsSync,
  openSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { program, startFacade } from "./programs.ts";
import { temporaryFolder } from "./stores.ts";

const columns =
  "ApplicationId,DisplayName,InstalledDeviceCount,InstalledUserCount,FailedDeviceCount,FailedUserCount," +
  "PendingInstallDeviceCount,PendingInstallUserCount,NotApplicableDeviceCount,NotApplicableUserCount," +
  "NotInstalledDeviceCount,NotInstalledUserCount";
const good = 40;

function row(id: string): string {
  return `${id},App,1,2,3,4,5,6,7,8,9,10`;
}

/** A folder with a report: rows that go in, and so many bad ones that no pipe and no terminal holds what is said of them. */
function makeDesk() {
  const folder = temporaryFolder();
  const ids = Array.from({ length: good }, (_, index) => `${index + 10}000000-0000-4000-8000-000000000000`);
  const bad = Array.from({ length: 2000 }, (_, index) => `${"not-an-id".repeat(6)}-${index}`);
  writeFileSync(join(folder, "report.csv"), [columns, ...[...ids, ...bad].map(row)].join("\n"));
  const data = join(folder, "data");
  return { folder, data, args: ["import", join(folder, "report.csv"), "--data", data] };
}

function countApps(data: string): number {
  const store = join(data, "install-summary.db");
  if (!existsSync(store)) return 0;
  try {
    using database = new DatabaseSync(store, { readOnly: true, timeout: 1000 });
    return Number(database.prepare("SELECT count(*) AS apps FROM mobile_app").get()?.["apps"]);
  } catch {
    // Its tables are being made.
    return 0;
  }
}

/** Whether an import has its turn, from which on it listens to signals. */
function hasTurn(data: string): boolean {
  return existsSync(data) && readdirSync(data).some((name) => name.includes(".db-import-"));
}

/** A pipe in a folder that this process holds open, and never reads. */
function openUnread(folder: string): number {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const opened = openSync(pipe, file.O_RDWR | file.O_NONBLOCK);
  onTestFinished(() => closeSync(opened));
  return opened;
}

const signals = [
  ["SIGTERM", 143, "SIGTERM"],
  ["SIGINT", 130, "Ctrl-C"],
  ["SIGHUP", 129, "the end of its terminal"],
] as const;

/** Shells give a process that a signal has ended the exit code of that signal. */
function shownExit(exit: unknown, signal: unknown): unknown {
  return signals.find(([name]) => name === signal)?.[1] ?? exit;
}

describe.skipIf(process.platform === "win32").each(signals)("%s ends", (signal, exit, by) => {
  test("an import whose terminal is held, and which goes on meanwhile", async () => {
    const { folder, data, args } = makeDesk();
    // Ctrl-S comes before the first word of the program.
    const terminal = openTerminal({
      command: "sh",
      args: ["-c", 'read line; exec "$0" "$@"', process.execPath, program, ...args],
      folder,
    });
    onTestFinished(() => terminal.close());
    terminal.type("\r\u0013");
    await expect.poll(() => countApps(data), { timeout: 60_000 }).toBe(good);
    terminal.signal(signal);
    const ended = await terminal.ended;
    expect(ended).toBeOneOf([
      { exitCode: exit, signal: 0 },
      { exitCode: 0, signal: constants.signals[signal] },
    ]);
  });

  test("an import whose output nobody reads, and standard error says what is in", async () => {
    const { folder, data, args } = makeDesk();
    const child = spawn(process.execPath, [program, ...args], {
      cwd: folder,
      env: { PATH: process.env["PATH"], HOME: folder },
      stdio: ["ignore", openUnread(folder), "pipe"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const { stderr } = child;
    if (stderr === null) throw new Error("the program has no standard error");
    await expect.poll(() => countApps(data), { timeout: 60_000 }).toBe(good);
    child.kill(signal);
    const [said, [code, ended]] = await Promise.all([text(stderr), once(child, "exit")]);
    expect(shownExit(code, ended)).toBe(exit);
    expect(said).toBe(
      `install-summary-facade: Stopped by ${by}. Standard output was not read to its end.\n` +
        `  The import is done: ${good} created, 0 changed, 0 unchanged, 2000 rejected.\n`,
    );
  });

  test("an import from a pipe that it may only read, and that has no writer", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o777);
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", ["-m", "444", pipe]);
    const within =
      process.geteuid?.() === 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
    const data = join(folder, "data");
    const child = startFacade({ folder, within }, "import", "pipe", "--data", data);
    const { stderr } = child;
    if (stderr === null) throw new Error("the program has no standard error");
    await expect.poll(() => hasTurn(data), { timeout: 60_000 }).toBe(true);
    child.kill(signal);
    const [said, [code, ended]] = await Promise.all([text(stderr), once(child, "exit")]);
    expect(shownExit(code, ended)).toBe(exit);
    expect(said).toBe(`install-summary-facade: Stopped by ${by}. Nothing was imported.\n`);
  });
});
