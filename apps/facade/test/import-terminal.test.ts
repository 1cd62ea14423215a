import { openTerminal, type Terminal } from "@tooling/terminal";
import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { developmentTenantId } from "../src/identity/development/development-issuer.ts";
import { program, runFacade } from "./programs.ts";
import { largeReport } from "./reports.ts";
import { expectWholeLog, temporaryFolder } from "./stores.ts";

const apps = 20_000;

interface Desk {
  readonly folder: string;
  readonly store: string;
  readonly report: string;
}

function makeDesk(): Desk {
  const folder = temporaryFolder();
  return {
    folder,
    store: join(folder, ".data", "install-summary.db"),
    report: largeReport(folder, apps),
  };
}

/** Runs a command of the facade in a terminal of 80 columns. */
function runInTerminal({ folder }: Desk, ...args: readonly string[]): Terminal {
  const terminal = openTerminal({
    command: process.execPath,
    args: [program, ...args],
    folder,
    env: { PATH: process.env["PATH"] },
  });
  onTestFinished(() => terminal.close());
  return terminal;
}

function countApps(file: string): number {
  if (!existsSync(file)) return 0;
  try {
    using database = new DatabaseSync(file, { readOnly: true, timeout: 1000 });
    return Number(database.prepare("SELECT count(*) AS apps FROM mobile_app").get()?.["apps"]);
  } catch {
    // Its tables are being made.
    return 0;
  }
}

test("a line says how far an import is; after Ctrl-C the last line says what is in, and the next import goes on", async () => {
  const desk = makeDesk();
  const terminal = runInTerminal(desk, "import", desk.report);
  while (countApps(desk.store) === 0) await new Promise(setImmediate);
  {
    // The import waits for this one, in the middle.
    using other = new DatabaseSync(desk.store, { timeout: 5000 });
    other.exec("BEGIN IMMEDIATE");
    await terminal.shows(/^Importing: [\d,]+ of 20,000 rows(?:, [\d,]+\/s, \d+ s left)?$/m);
    terminal.type("\u0003");
    await terminal.shows("^C");
  }
  expect((await terminal.ended).exitCode).toBe(130);
  const screen = terminal.screen().replaceAll("\n", "");
  const said = /Stopped by Ctrl-C\. ([\d,]+) of 20,000 rows are in; import the same report again to go on\./;
  const before = Number(said.exec(screen)?.[1]?.replaceAll(",", ""));
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(apps);
  expect(countApps(desk.store)).toBe(before);
  expect(screen).not.toContain("Importing:");

  expect(await runFacade(desk, "import", desk.report)).toEqual({
    exit: 0,
    stdout: `${apps - before} created, 0 changed, ${before} unchanged, 0 rejected.\n`,
    stderr: "",
  });
  await expectWholeLog(desk.store, developmentTenantId);
});

test("Ctrl-C while a report is still read imports nothing, also from standard input that says nothing", async () => {
  const desk = makeDesk();
  const terminal = runInTerminal(desk, "import", "-");
  await terminal.shows("Reading: 0 rows", 60);
  terminal.type("\u0003");
  expect((await terminal.ended).exitCode).toBe(130);
  expect(terminal.screen()).toContain("install-summary-facade: Stopped by Ctrl-C. Nothing was imported.");
  expect(countApps(desk.store)).toBe(0);
});

test.skipIf(process.platform === "win32").each([
  ["has no writer", "exec sleep 600"],
  ["says nothing", "exec 3> pipe; exec sleep 600"],
  ["has blank lines without an end", "exec yes '' > pipe"],
])("Ctrl-C ends an import from a pipe that %s", async (_, writer) => {
  const desk = makeDesk();
  execFileSync("mkfifo", [join(desk.folder, "pipe")]);
  const writing = spawn("sh", ["-c", writer], { cwd: desk.folder, stdio: "ignore" });
  onTestFinished(() => void writing.kill("SIGKILL"));
  const terminal = runInTerminal(desk, "import", "pipe");
  await terminal.shows("Reading: 0 rows", 60);
  terminal.type("\u0003");
  expect((await terminal.ended).exitCode).toBe(130);
  expect(terminal.screen()).toContain("install-summary-facade: Stopped by Ctrl-C. Nothing was imported.");
});
