import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { runFacade, type Place } from "./programs.ts";
import { appId } from "./samples.ts";
import { temporaryFolder } from "./stores.ts";

type Skip = (condition: boolean, note: string) => void;

const header =
  "ApplicationId,DisplayName,InstalledDeviceCount,FailedDeviceCount,PendingInstallDeviceCount,NotApplicableDeviceCount,NotInstalledDeviceCount,InstalledUserCount,FailedUserCount,PendingInstallUserCount,NotApplicableUserCount,NotInstalledUserCount";

function reportOf(counters: string): string {
  return `${header}\n${appId},Outlook,${counters}\n`;
}

/** A folder with a report, a store that holds it, and a backup of that. */
async function prepare(): Promise<{ readonly folder: string; readonly file: string }> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "report.csv"), reportOf("1,2,3,4,5,6,7,8,9,10"));
  expect(await runFacade({ folder }, "import", "report.csv")).toMatchObject({ exit: 0 });
  expect(await runFacade({ folder }, "backup", "good.db")).toMatchObject({ exit: 0 });
  return { folder, file: join(folder, ".data", "install-summary.db") };
}

/** A place in which calls of the system fail; `log` tells of each. */
function failing(skip: Skip, folder: string, ...inject: readonly string[]): Place & { readonly log: string } {
  const probe = spawnSync("strace", ["-f", "-qq", "-o", "/dev/null", "true"], { encoding: "utf8" });
  skip(probe.status !== 0, "strace is not there, or may not trace");
  const log = join(folder, "calls");
  return { folder, log, within: ["strace", "-f", "-qq", "-o", log, ...inject] };
}

/** Every command that opens a store. */
const commands = [
  "serve --port 0",
  "import report.csv",
  "import report.csv --dry-run --diff -",
  "export",
  "doctor --port 0",
  "backup copy.db",
  "restore good.db",
  "erase --tenant 00000000-0000-4000-8000-000000000001 --yes",
] as const;

test("a store that another program has locked ends every command with 7", { timeout: 120_000 }, async () => {
  const prepared = await prepare();
  await Promise.all(
    commands.map(async (command) => {
      const folder = temporaryFolder();
      cpSync(prepared.folder, folder, { recursive: true });
      const file = join(folder, ".data", "install-summary.db");
      using database = new DatabaseSync(file);
      database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
      const { exit, stdout, stderr } = await runFacade({ folder }, ...command.split(" "));
      expect({ command, exit, told: stdout + stderr }).toEqual({
        command,
        exit: 7,
        told: expect.stringMatching(/is locked by another program[.,]/),
      });
    }),
  );
});

test("a store that cannot be read ends every command with 7", { timeout: 120_000 }, async ({ skip }) => {
  const { folder, file } = await prepare();
  const place = failing(skip, folder, "-P", file, "-e", "trace=pread64", "-e", "inject=pread64:error=EIO");
  for (const command of commands) {
    const { exit, stdout, stderr } = await runFacade(place, ...command.split(" "));
    expect({ command, exit, told: stdout + stderr }).toEqual({
      command,
      exit: 7,
      told: expect.stringContaining("the disk reports an error"),
    });
    expect(readFileSync(place.log, "utf8")).toContain("INJECTED");
  }
});

test.for([3, 5, 7, 9])(
  "a store, or a backup, whose pages cannot be read from the %i. on is not told as damaged, and ends every command with 7",
  { timeout: 120_000 },
  async (first, { skip }) => {
    const { folder, file } = await prepare();
    // SQLite reads at positions, in one thread, and what looks at the file afterwards from its beginning on, in others.
    const ofSqlite = ["-e", `inject=pread64:error=EIO:when=${first}+`];
    const inject = ["-e", "trace=pread64,read", ...ofSqlite, "-e", "inject=read:error=EIO"];
    const ofStore = commands.map((command) => ({ command, path: file }));
    const ofBackup = { command: "restore good.db", path: join(folder, "good.db") } as const;
    for (const { command, path } of [...ofStore, ofBackup]) {
      const place = failing(skip, folder, "-P", path, ...inject);
      const { exit, stdout, stderr } = await runFacade(place, ...command.split(" "));
      expect({ command, path, exit, told: stdout + stderr }).toEqual({
        command,
        path,
        exit: 7,
        told: expect.stringContaining("the disk reports an error"),
      });
      expect(readFileSync(place.log, "utf8")).toContain("INJECTED");
    }
  },
);

test("a new store whose folder cannot be synced ends a command with 7", async ({ skip }) => {
  const { folder } = await prepare();
  for (const command of ["serve --port 0", "import report.csv"]) {
    const data = join(folder, command.slice(0, 6));
    mkdirSync(data, { mode: 0o700 });
    const place = failing(skip, folder, "-P", data, "-e", "trace=fsync", "-e", "inject=fsync:error=EIO");
    const { exit, stderr } = await runFacade(place, ...command.split(" "), "--data", data);
    expect({ command, exit, stderr }).toEqual({
      command,
      exit: 7,
      stderr: `install-summary-facade: The store ${join(data, "install-summary.db")} cannot be used: the disk reports an error.\n`,
    });
    expect(readFileSync(place.log, "utf8")).toContain("INJECTED");
  }
});

test("a backup whose folder cannot be synced is there and whole, and a line says what a crash may do", async ({
  skip,
}) => {
  const { folder } = await prepare();
  const copies = join(folder, "copies");
  mkdirSync(copies);
  const place = failing(skip, folder, "-P", copies, "-e", "trace=fsync", "-e", "inject=fsync:error=EIO");
  const made = "1 tenant, 1 app and 1 change";
  for (const words of [[], ["--replace"]]) {
    const { exit, stdout, stderr } = await runFacade(place, "backup", "copies/b.db", ...words);
    expect({ words, exit, stderr }).toEqual({ words, exit: 7, stderr: "" });
    expect(stdout).toContain(`The backup ${join(copies, "b.db")} is whole: ${made}`);
    expect(stdout).toContain(
      "\nIts folder cannot be used: the disk reports an error. After a crash of this machine it may be gone, and a file that it replaced back: make it again where the disk is sound.\n",
    );
    expect(readFileSync(place.log, "utf8")).toContain("INJECTED");
    expect(readdirSync(copies)).toEqual(["b.db"]);
  }
  expect(await runFacade({ folder }, "restore", "copies/b.db")).toMatchObject({ exit: 0 });
});

test("a report that finds no room on its disk ends with 7", async ({ skip }) => {
  const { folder } = await prepare();
  const disk = join(folder, "disk");
  mkdirSync(disk);
  const script = `mount -t tmpfs -o size=4k none "$0" && { cat /dev/zero > "$0/ballast" 2>/dev/null; exec "$@"; }`;
  const within = ["unshare", "-rm", "sh", "-c", script, disk];
  const probe = spawnSync("unshare", [...within.slice(1), "true"], { encoding: "utf8" });
  skip(probe.status !== 0, `no small disk can be mounted: ${probe.stderr}`);
  writeFileSync(join(folder, "report.csv"), reportOf("1,99,3,4,5,6,7,8,9,10"));
  for (const command of ["export disk/out.csv", "import report.csv --diff disk/diff.jsonl"]) {
    const { exit, stdout, stderr } = await runFacade({ folder, within }, ...command.split(" "));
    expect({ command, exit, told: stdout + stderr }).toEqual({
      command,
      exit: 7,
      told: expect.stringContaining(" cannot be written: the disk is full."),
    });
  }
});
