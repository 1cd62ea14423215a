import { execFileSync, spawnSync, type ChildProcess } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { developmentTenantId } from "../src/identity/development/development-issuer.ts";
import { runFacade, startFacade } from "./programs.ts";
import { temporaryFolder, useFilledFolder } from "./stores.ts";

const columns = ["Installed", "Failed", "PendingInstall", "NotApplicable", "NotInstalled"].flatMap(
  (state) => [`${state}DeviceCount`, `${state}UserCount`],
);

function line(index: number): string {
  const id = `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`;
  return [id, `"App, ""${index}"" ="`, ...columns.map(() => index)].join(",");
}

test("what is exported is a report that import takes back, of more pages than one", async () => {
  const place = { folder: temporaryFolder() };
  const lines = Array.from({ length: 1201 }, (_, index) => line(index));
  writeFileSync(
    join(place.folder, "report.csv"),
    [["ApplicationId", "DisplayName", ...columns].join(","), ...lines].join("\n"),
  );
  await runFacade(place, "import", "report.csv");
  writeFileSync(join(place.folder, "out.csv"), "what was there");
  expect(await runFacade(place, "export", "out.csv")).toEqual({ exit: 0, stdout: "", stderr: "" });
  const exported = readFileSync(join(place.folder, "out.csv"), "utf8");
  expect(exported.trimEnd().split("\r\n")).toHaveLength(1202);
  expect(namesOf(place.folder)).toEqual(["out.csv"]);
  const printed = exported.replace("\uFEFF", "");
  expect(await runFacade(place, "export")).toEqual({ exit: 0, stdout: printed, stderr: "" });
  expect(await runFacade(place, "import", "out.csv")).toMatchObject({
    stdout: "0 created, 0 changed, 1201 unchanged, 0 rejected.\n",
  });
  expect(await runFacade(place, "import", "out.csv", "--data", "other")).toMatchObject({
    stdout: "1201 created, 0 changed, 0 unchanged, 0 rejected.\n",
  });
});

test("without a store nothing is made, and a file that cannot be written is named", async () => {
  const place = { folder: temporaryFolder() };
  const missing = await runFacade(place, "export", "out.csv");
  expect(missing).toMatchObject({ exit: 2, stdout: "" });
  expect(missing.stderr).toContain("does not exist. Name its folder with --data.");
  expect(existsSync(join(place.folder, ".data"))).toBe(false);
  writeFileSync(
    join(place.folder, "report.csv"),
    [["ApplicationId", "DisplayName", ...columns].join(","), line(1)].join("\n"),
  );
  await runFacade(place, "import", "report.csv");
  const unwritable = await runFacade(place, "export", "none/out.csv");
  expect(unwritable).toMatchObject({ exit: 2 });
  expect(unwritable.stderr).toMatch(/none\/out\.csv cannot be written/);
  const own = await runFacade(place, "export", ".data/install-summary.db");
  expect(own).toMatchObject({ exit: 2 });
  expect(own.stderr).toMatch(/install-summary\.db belongs to the store itself\. Name another file\./);
  expect((await runFacade(place, "export")).stdout).toContain("App, ");
});

const many = 5000;

const folderWithMany = useFilledFolder(importMany);

async function importMany(folder: string): Promise<void> {
  const lines = Array.from({ length: many }, (_, index) => line(index));
  writeFileSync(
    join(folder, "report.csv"),
    [["ApplicationId", "DisplayName", ...columns].join(","), ...lines].join("\n"),
  );
  expect(await runFacade({ folder }, "import", "report.csv")).toMatchObject({ exit: 0 });
}

/** An export into out.csv that has begun to write and then stands still. */
async function exportInTheMiddle(folder: string): Promise<ChildProcess> {
  for (;;) {
    const exporting = startFacade({ folder }, "export", "out.csv");
    const ended = once(exporting, "exit");
    const begun = vi.waitUntil(() => namesOf(folder).some((name) => name.endsWith(".part")), {
      timeout: 30_000,
      interval: 1,
    });
    await Promise.race([begun, ended]);
    exporting.kill("SIGSTOP");
    await vi.waitUntil(() => !isRunning(exporting.pid), { timeout: 30_000, interval: 5 });
    if (namesOf(folder).some((name) => name.endsWith(".part"))) return exporting;
    // One that was done before it was seen is made again.
    await ended;
    rmSync(join(folder, "out.csv"));
  }
}

/** Whether a process neither stands still nor has ended. */
function isRunning(pid = 0): boolean {
  const { stdout } = spawnSync("ps", ["-o", "state=", "-p", String(pid)], { encoding: "utf8" });
  return !/^[TtZ]|^$/.test(stdout.trim());
}

/** What exports into out.csv have left. */
function namesOf(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith("out.csv"));
}

test.skipIf(process.platform === "win32")(
  "a store that fails in the middle is told as that, and not as a fault of the file that is written",
  async () => {
    const folder = await folderWithMany();
    const exporting = await exportInTheMiddle(folder);
    {
      using other = new DatabaseSync(join(folder, ".data", "install-summary.db"), { timeout: 5000 });
      other.exec("DROP TABLE install_summary");
    }
    exporting.kill("SIGCONT");
    if (exporting.stderr === null) throw new Error("the program has no standard error");
    const [stderr, [exit]] = await Promise.all([text(exporting.stderr), once(exporting, "exit")]);
    const store = join(folder, ".data", "install-summary.db");
    expect([exit, stderr]).toEqual([
      2,
      `install-summary-facade: The store ${store} is damaged; it was left as it is, restore it from a backup.\n`,
    ]);
    expect(namesOf(folder)).toEqual([]);
  },
);

test.skipIf(process.platform === "win32")("an export that is stopped leaves no file", async () => {
  const folder = await folderWithMany();
  const exporting = await exportInTheMiddle(folder);
  exporting.kill("SIGINT");
  exporting.kill("SIGCONT");
  const [exit] = await once(exporting, "exit");
  expect(exit).toBe(130);
  expect(namesOf(folder)).toEqual([]);
});

test.skipIf(process.platform === "win32")(
  "the file beside it stays as it is, a link stays a link, and a pipe or a device is not replaced",
  async () => {
    const folder = await folderWithMany();
    writeFileSync(join(folder, "out.csv.part"), "of someone else");
    mkdirSync(join(folder, "shared"));
    writeFileSync(join(folder, "shared", "apps.csv"), "what was there");
    symlinkSync(join("shared", "apps.csv"), join(folder, "out.csv"));
    expect(await runFacade({ folder }, "export", "out.csv")).toEqual({ exit: 0, stdout: "", stderr: "" });
    expect(readFileSync(join(folder, "out.csv.part"), "utf8")).toBe("of someone else");
    expect(lstatSync(join(folder, "out.csv")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, "shared", "apps.csv"), "utf8")).toContain("App, ");
    expect(readdirSync(join(folder, "shared"))).toEqual(["apps.csv"]);

    execFileSync("mkfifo", [join(folder, "pipe")]);
    symlinkSync("nowhere", join(folder, "broken"));
    for (const name of ["pipe", "broken"]) {
      const path = join(folder, name);
      const before = lstatSync(path).mode;
      expect(await runFacade({ folder }, "export", name)).toEqual({
        exit: 2,
        stdout: "",
        stderr: `install-summary-facade: The file ${path} is a pipe, a device or a broken link, and cannot be replaced. Name another file.\n`,
      });
      expect(lstatSync(path).mode).toBe(before);
    }
    expect((await runFacade({ folder }, "export", "shared")).stderr).toBe(
      `install-summary-facade: The path ${join(folder, "shared")} is a folder. Name a file in it, such as ${join(folder, "shared", "apps.csv")}.\n`,
    );
  },
);

test.skipIf(process.platform === "win32")("two exports into one file leave one that is whole", async () => {
  const folder = await folderWithMany();
  const first = await exportInTheMiddle(folder);
  expect(await runFacade({ folder }, "export", "out.csv")).toMatchObject({ exit: 0 });
  first.kill("SIGCONT");
  expect(await once(first, "exit")).toEqual([0, null]);
  expect(readFileSync(join(folder, "out.csv"), "utf8").trimEnd().split("\r\n")).toHaveLength(many + 1);
  expect(namesOf(folder)).toEqual(["out.csv"]);
});

test("a reader that pauses gets the whole report, and one that goes away is told that it is not whole", async () => {
  const folder = await folderWithMany();
  const slow = startFacade({ folder }, "export");
  // More than a pipe holds: the program waits in the middle until it is read.
  if (slow.stdout === null) throw new Error("the program has no standard output");
  await once(slow.stdout, "readable");
  const read = await text(slow.stdout);
  expect(read.trimEnd().split("\r\n")).toHaveLength(many + 1);

  const gone = startFacade({ folder }, "export");
  if (gone.stdout === null || gone.stderr === null) throw new Error("the program has no output");
  await once(gone.stdout, "readable");
  gone.stdout.destroy();
  const [stderr, [exit]] = await Promise.all([text(gone.stderr), once(gone, "exit")]);
  expect([exit, stderr]).toEqual([
    1,
    "install-summary-facade: Standard output was closed before all of it was written. What its reader has is not whole.\n",
  ]);
});

test("a tenant that is erased while its report is read leaves no report that looks whole", async () => {
  const folder = await folderWithMany();
  const exporting = startFacade({ folder }, "export");
  if (exporting.stdout === null || exporting.stderr === null) throw new Error("the program has no output");
  await once(exporting.stdout, "readable");
  expect(await runFacade({ folder }, "erase", "--tenant", developmentTenantId, "--yes")).toMatchObject({
    exit: 0,
  });
  const [, stderr, [exit]] = await Promise.all([
    text(exporting.stdout),
    text(exporting.stderr),
    once(exporting, "exit"),
  ]);
  expect([exit, stderr]).toEqual([
    7,
    `install-summary-facade: The tenant ${developmentTenantId} was erased while its apps were read. The report is not whole: export again what is left.\n`,
  ]);
});

test("an app that gets another name while the report is written is in it once", async () => {
  const folder = await folderWithMany();
  const exporting = startFacade({ folder }, "export");
  if (exporting.stdout === null) throw new Error("the program has no standard output");
  await once(exporting.stdout, "readable");
  const renamed = [line(1).replace(/"App.*="/, "zzz"), line(many - 1).replace(/"App.*="/, "AAA")];
  const stdin = Readable.from([
    [["ApplicationId", "DisplayName", ...columns].join(","), ...renamed].join("\n"),
  ]);
  expect(await runFacade({ folder, stdin }, "import", "-")).toMatchObject({ exit: 0 });
  const lines = (await text(exporting.stdout)).trimEnd().split("\r\n");
  const ids = lines.slice(1).map((one) => one.slice(0, 36));
  expect([ids.length, new Set(ids).size]).toEqual([many, many]);
});

test.skipIf(!existsSync("/dev/full"))("a full disk behind standard output is told once", async () => {
  const place = { folder: await folderWithMany(), within: ["sh", "-c", 'exec "$@" > /dev/full', "sh"] };
  expect(await runFacade(place, "export")).toEqual({
    exit: 1,
    stdout: "",
    stderr: "install-summary-facade: Standard output cannot be written: the disk is full (ENOSPC).\n",
  });
});
