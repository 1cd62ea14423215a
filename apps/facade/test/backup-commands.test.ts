import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { inspectStore } from "../src/store/sqlite/inspect-store.ts";
import { openStream } from "./event-stream.ts";
import { outcome, read } from "./facades.ts";
import { runFacade, startFacade, startServing } from "./programs.ts";
import { largeReport } from "./reports.ts";
import { temporaryFolder, useFilledFolder } from "./stores.ts";

const app = "00000000-0000-4000-8000-000000000001";
const summary = `/beta/deviceAppManagement/mobileApps/${app}/installSummary`;

/** Fills the store of a folder with some apps, imported from a report. */
async function importApps(folder: string, apps: number): Promise<void> {
  const report = largeReport(folder, apps);
  expect(await runFacade({ folder }, "import", report)).toMatchObject({ exit: 0 });
}

async function folderWith(apps: number): Promise<string> {
  const folder = temporaryFolder();
  await importApps(folder, apps);
  return folder;
}

const many = 3000;
const folderWithMany = useFilledFolder((folder) => importApps(folder, many));

/** Calls a facade that another process serves. */
async function callsOf(folder: string, url: string) {
  const token = (await runFacade({ folder }, "token")).stdout.trim();
  const call = (method: string, path: string, headers: Readonly<Record<string, string>>, body?: string) =>
    fetch(new URL(path, url), {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body !== undefined && { body }),
    });
  return {
    get: (path: string, { headers = {} }: { headers?: Readonly<Record<string, string>> } = {}) =>
      call("GET", path, headers),
    patch: (failedDeviceCount: number, headers: Readonly<Record<string, string>> = {}) =>
      call(
        "PATCH",
        summary,
        { "content-type": "application/json", ...headers },
        JSON.stringify({ failedDeviceCount }),
      ),
  };
}

test("backup beside a facade that is written to, and restore once it has stopped: what callers kept is told to be old", async () => {
  const folder = await folderWith(50);
  const data = join(folder, ".data");
  const first = await startServing({ folder });
  const before = await callsOf(folder, first.url);
  expect((await before.patch(1)).status).toBe(200);
  expect(await runFacade({ folder }, "backup", "b.db")).toMatchObject({
    exit: 0,
    stderr: "",
    stdout: expect.stringMatching(
      /^The backup \S+b\.db is whole: 1 tenant, 50 apps and 51 changes, the last one made at \d{4}-\S+Z\.\n$/,
    ),
  });
  for (const value of [2, 3, 4]) await before.patch(value);
  const etag = (await before.get(summary)).headers.get("etag") ?? "";
  expect(etag).toBe('W/"5"');
  const { next } = await read(await before.get("/api/changes?order=asc&top=1000"));

  const beside = await runFacade({ folder }, "restore", "b.db");
  expect(beside).toMatchObject({ exit: 2, stdout: "" });
  expect(beside.stderr).toContain("facade serves the data folder");
  expect(await first.stop("SIGTERM")).toBe(0);

  const restored = await runFacade({ folder }, "restore", "b.db");
  expect(restored).toMatchObject({ exit: 0, stderr: "" });
  expect(restored.stdout).toMatch(/ store restored .* tenants=1 apps=50 changes=51 /);
  expect(restored.stdout).toContain("is restored from");
  const [replaced = ""] = readdirSync(data).filter((name) => name.includes(".replaced-"));
  expect(restored.stdout).toContain(`The store that was there is ${join(data, replaced)} now.`);
  expect(await inspectStore(join(data, replaced))).toMatchObject({ changes: 54, faults: [] });

  const second = await startServing({ folder });
  const after = await callsOf(folder, second.url);
  const found = await after.get(summary);
  expect([found.headers.get("etag"), await read(found)]).toMatchObject([
    'W/"1000002"',
    { failedDeviceCount: 1 },
  ]);
  expect((await after.patch(9, { "if-match": etag })).status).toBe(412);
  expect(await outcome(await after.get(`/api/changes?after=${next}`))).toBe(
    "410 Gone The cursor is older than the change log.",
  );
  const stream = await openStream(after, { query: `?after=${next}` });
  expect(await stream.next()).toMatchObject({ event: "gap" });
  expect(await stream.next()).toMatchObject({
    event: "change",
    data: { origin: "restore", before: {}, after: {} },
  });
  await stream.close();
  expect((await after.patch(9, { "if-match": 'W/"1000002"' })).headers.get("etag")).toBe('W/"1000003"');
  const log = await read(await after.get(`/api/changes?appId=${app}&origin=restore`));
  expect(log).toMatchObject({ value: [{ version: 1_000_002, origin: "restore" }] });
  expect((await runFacade({ folder }, "doctor")).stdout).toMatch(
    /^ok {4}store .* is whole, and its 102 changes come/m,
  );
  expect(await second.stop("SIGTERM")).toBe(0);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("backup that is stopped by %s leaves no file", async (signal, exit) => {
  const folder = await folderWithMany();
  const stopped = await stopWhileCopying(folder, signal);
  expect(stopped).toBe(exit);
  expect(readdirSync(folder).filter((name) => name.startsWith("b.db."))).toEqual([]);
});

/** Stops a backup once its draft is there, and resolves to its exit code. One that was done before is made again. */
async function stopWhileCopying(folder: string, signal: NodeJS.Signals): Promise<unknown> {
  for (;;) {
    const running = startFacade({ folder }, "backup", "b.db", "--replace");
    const ended = once(running, "exit");
    await Promise.race([appearance(folder, "b.db."), ended]);
    running.kill(signal);
    const [exit] = await ended;
    if (exit !== 0) return exit;
  }
}

/** Resolves once a folder has a file whose name begins so. */
async function appearance(folder: string, start: string): Promise<void> {
  while (!readdirSync(folder).some((name) => name.startsWith(start))) await delay(1);
}

test("a restore that is killed at any moment leaves the old store or the new one", async () => {
  const folder = await folderWithMany();
  const file = join(folder, ".data", "install-summary.db");
  await runFacade({ folder }, "backup", "b.db");
  const seen = new Set<string>();
  const steps = [".data", "draft", "wal", "late", "replaced"] as const;
  for (const step of steps) {
    const running = startFacade({ folder }, "restore", "b.db");
    const ended = once(running, "exit");
    const data = join(folder, ".data");
    if (step === "draft") await Promise.race([appearance(data, "install-summary.db."), ended]);
    if (step === "wal") await Promise.race([grown(data, file), ended]);
    if (step === "late") {
      await Promise.race([grown(data, file), ended]);
      await Promise.race([delay(60), ended]);
    }
    if (step === "replaced") await Promise.race([appearance(data, "install-summary.db.replaced"), ended]);
    running.kill("SIGKILL");
    await ended;
    const report = await inspectStore(file);
    expect([report.faults, report.apps]).toEqual([[], many]);
    seen.add(report.changes === many ? "old" : "new");
    const next = await startServing({ folder });
    expect(await next.stop("SIGTERM")).toBe(0);
  }
  expect(seen).toContain("old");
  expect(await runFacade({ folder }, "restore", "b.db")).toMatchObject({ exit: 0 });
});

/** Resolves once a draft beside a store has its size. */
async function grown(folder: string, file: string): Promise<void> {
  const isGrown = (name: string): boolean => {
    const status = statSync(join(folder, name), { throwIfNoEntry: false });
    return /\.db\.[0-9a-f-]{36}$/.test(name) && (status?.size ?? 0) >= statSync(file).size;
  };
  while (!readdirSync(folder).some(isGrown)) await delay(1);
}

test("on a disk that is full or read-only backup and restore are told, and leave what was there", async ({
  skip,
}) => {
  const folder = await folderWithMany();
  const disk = join(folder, "disk");
  mkdirSync(disk);
  const within = (options: string, then = ""): readonly string[] => [
    "unshare",
    "-rm",
    "sh",
    "-c",
    `mount -t tmpfs -o ${options} none "$0" && ${then} "$@"; code=$?; ls -A "$0"; exit $code`,
    disk,
  ];
  const small = await runFacade({ folder, within: within("size=300k") }, "backup", join(disk, "b.db"));
  skip(
    small.stderr.includes("unshare") || small.stderr.includes("mount"),
    `no small disk can be mounted: ${small.stderr}`,
  );
  expect(small).toEqual({
    exit: 7,
    stdout: "",
    stderr: `install-summary-facade: The backup ${disk}/b.db cannot be written: the disk is full.\n`,
  });
  const readOnly = await runFacade(
    { folder, within: within("size=300k", 'mount -o remount,ro "$0" &&') },
    "backup",
    join(disk, "b.db"),
  );
  expect(readOnly).toEqual({
    exit: 2,
    stdout: "",
    stderr: `install-summary-facade: The backup ${disk}/b.db cannot be used: the disk is read-only.\n`,
  });

  // The backup fits, and the store with its restored versions does not.
  await runFacade({ folder }, "backup", "b.db");
  const size = readFileSync(join(folder, "b.db")).length;
  const restored = await runFacade(
    { folder, within: within(`size=${size + 200_000}`, 'chmod 700 "$0" &&') },
    "restore",
    "b.db",
    "--data",
    disk,
  );
  // Nor does a copy of the backup, which is only read.
  const smaller = await runFacade(
    { folder, within: within(`size=${size / 2}`, 'chmod 700 "$0" &&') },
    "restore",
    "b.db",
    "--data",
    disk,
  );
  for (const full of [restored, smaller]) {
    expect(full).toEqual({
      exit: 7,
      stdout: "install-summary.db-lock\nserve.lock\n",
      stderr: `install-summary-facade: The store ${disk}/install-summary.db cannot be written: the disk is full.\n`,
    });
  }
});

test("both say what is missing, and restore takes the file of a folder by its whole name", async () => {
  const folder = await folderWith(3);
  const missing = await runFacade({ folder }, "backup");
  expect(missing).toMatchObject({ exit: 2, stderr: expect.stringContaining("FILE is missing.") });
  copyFileSync(join(folder, ".data", "install-summary.db"), join(folder, "install-summary.db"));
  expect(await runFacade({ folder }, "restore", ".")).toMatchObject({
    exit: 2,
    stderr: `install-summary-facade: The backup ${folder} is a folder, a pipe or a device, and not a file. Name the file in it: ${folder}/install-summary.db\n`,
  });
  expect(await runFacade({ folder }, "restore", "install-summary.db", "--erased", "maybe")).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('--erased must be leave-out or bring-back; got "maybe".'),
  });
  writeFileSync(join(folder, "text.db"), "no store");
  for (const [file, exit] of [
    ["missing.db", 2],
    ["text.db", 6],
  ] as const) {
    expect(await runFacade({ folder }, "restore", file, "--data", "other")).toMatchObject({ exit });
    expect(existsSync(join(folder, "other"))).toBe(false);
  }
  const words = ["restore", "install-summary.db", "--data", "other", "--erased", "leave-out"];
  const other = await runFacade({ folder }, ...words);
  expect(other).toMatchObject({ exit: 0 });
  expect(other.stdout).toContain(
    "--erased leave-out left nothing out: every tenant of the backup was restored.",
  );
  expect(other.stdout).toContain("If a tenant was, erase it again.");
  expect(existsSync(join(folder, "other", "install-summary.db"))).toBe(true);
});
