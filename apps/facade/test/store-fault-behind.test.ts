import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { DamagedFile, isDamage } from "../src/files/sqlite-codes.ts";
import { faultBehind, isDiskFault } from "../src/store/sqlite/fault-behind.ts";
import { inspectStoreUntil } from "../src/store/sqlite/inspect-store.ts";
import { runFacade } from "./programs.ts";
import { largeReport } from "./reports.ts";
import { addApps, sampleApp } from "./samples.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";

const malformed = Object.assign(new Error("database disk image is malformed"), { errcode: 11 });

async function makeStore(): Promise<string> {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  await store.close();
  return file;
}

test("what looked damaged is the disk's fault where another process finds the file whole, and nothing is left of its look", async () => {
  const file = await makeStore();
  const before = readFileSync(file);
  expect(await faultBehind(malformed, file)).toMatchObject({ errcode: 10, cause: malformed });
  expect(readdirSync(dirname(file))).toEqual(["store.db"]);
  expect(readFileSync(file).equals(before)).toBe(true);
});

test("it is the same while another program has the file open, whose log stays", async () => {
  const file = await makeStore();
  using other = new DatabaseSync(file);
  other.exec("UPDATE change_feed SET last = last");
  expect(await faultBehind(malformed, file)).toMatchObject({ errcode: 10 });
  expect(readdirSync(dirname(file)).toSorted()).toEqual(["store.db", "store.db-shm", "store.db-wal"]);
});

test.each([
  { what: "a page of noise", harm: (content: Buffer) => content.fill(0xa5, 4096, 8192) },
  { what: "another beginning", harm: (content: Buffer) => content.fill(0xa5, 0, 100) },
  { what: "a schema of noise", harm: (content: Buffer) => content.fill(0xa5, 100, 4096) },
])("what is damaged for another process too is damage: $what", async ({ harm }) => {
  const file = await makeStore();
  const content = harm(readFileSync(file));
  writeFileSync(file, content);
  expect(isDamage(await faultBehind(malformed, file))).toBe(true);
  expect(readFileSync(file).equals(content)).toBe(true);
});

test("what pages do not tell stays what it is: tables that are gone, what this program has found, and all that is no damage", async () => {
  const file = await makeStore();
  const noTable = Object.assign(new Error("no such table: mobile_app"), { errcode: 1 });
  const busy = Object.assign(new Error("database is locked"), { errcode: 5 });
  for (const error of [noTable, new DamagedFile("no counters"), busy, "x"])
    expect(await faultBehind(error, file)).toBe(error);
});

test("the look ends with a signal, whose reason is given", async () => {
  const reason = new Error("stopped");
  expect(await faultBehind(malformed, await makeStore(), AbortSignal.abort(reason))).toBe(reason);
});

test(
  "one read that fails, wherever in a command, is never told as damage",
  { timeout: 240_000 },
  async ({ skip }) => {
    const probe = spawnSync("strace", ["-f", "-qq", "-o", "/dev/null", "true"], { encoding: "utf8" });
    skip(probe.status !== 0, "strace is not there, or may not trace");
    const prepared = temporaryFolder();
    const tenant = "3f2a6d1e-0c57-4a7e-9d3a-111111111111";
    const report = largeReport(prepared, 60);
    // Its id in the name of another tenant's app has an erasure write the file anew.
    writeFileSync(join(prepared, "named.csv"), readFileSync(report, "utf8").replace(/App \d+/, tenant));
    for (const words of [["named.csv"], ["report.csv", "--tenant", tenant]])
      expect(await runFacade({ folder: prepared }, "import", ...words)).toMatchObject({ exit: 0 });
    const erasure = `erase --tenant ${tenant} --yes`;
    const told: string[] = [];
    const failOnce = async (command: string, read: number): Promise<void> => {
      const folder = temporaryFolder();
      cpSync(prepared, folder, { recursive: true });
      const file = join(folder, ".data", "install-summary.db");
      const inject = ["-P", file, "-e", "trace=pread64", "-e", `inject=pread64:error=EIO:when=${read}`];
      const within = ["strace", "-f", "-qq", "-o", join(folder, "calls"), ...inject];
      const { exit, stdout, stderr } = await runFacade({ folder, within }, ...command.split(" "));
      expect({ command, read, exit, told: stdout + stderr }).toEqual({
        command,
        read,
        exit: expect.toBeOneOf([0, 7]),
        told: expect.not.stringMatching(/damaged|not whole|no such/),
      });
      told.push(stdout + stderr);
    };
    for (const command of ["doctor --port 0", "export", "backup copy.db"])
      for (const read of [3, 8, 20, 36]) await failOnce(command, read);
    for (let read = 50; read < 90; read += 6) await failOnce(erasure, read);
    expect(told.join("")).toMatch(
      /the disk reports an error\. The tenant is erased, and the file .* may still/,
    );
  },
);

test(
  "one write or sync that fails in a copy names the file that is written, and leaves all as it was",
  { timeout: 240_000 },
  async ({ skip }) => {
    const probe = spawnSync("strace", ["-f", "-qq", "-o", "/dev/null", "true"], { encoding: "utf8" });
    skip(probe.status !== 0, "strace is not there, or may not trace");
    const prepared = temporaryFolder();
    largeReport(prepared, 60);
    expect(await runFacade({ folder: prepared }, "import", "report.csv")).toMatchObject({ exit: 0 });
    expect(await runFacade({ folder: prepared }, "backup", "good.db")).toMatchObject({ exit: 0 });
    const failOnce = async (words: readonly string[], calls: string, when: number) => {
      const folder = temporaryFolder();
      cpSync(prepared, folder, { recursive: true });
      const storeFile = join(folder, ".data", "install-summary.db");
      const before = readFileSync(storeFile);
      const inject = ["-e", `trace=${calls}`, "-e", `inject=${calls}:error=EIO:when=${when}`];
      const within = ["strace", "-f", "-qq", "-o", join(folder, "calls"), ...inject];
      const { exit, stderr } = await runFacade({ folder, within }, ...words);
      expect(exit === 0 || readFileSync(storeFile).equals(before)).toBe(true);
      const files = readdirSync(folder, { recursive: true }).map(String);
      expect(files.filter((name) => /\.part|[\da-f]{8}-/.test(name))).toEqual([]);
      return { exit, stderr: stderr.replaceAll(folder, "FOLDER") };
    };
    const ends = async (words: readonly string[]): Promise<ReadonlySet<string>> => {
      const told = new Set<string>();
      for (const when of [13, 22, 40, 58]) told.add((await failOnce(words, "pwrite64", when)).stderr);
      for (const when of [1, 2, 3]) told.add((await failOnce(words, "fsync", when)).stderr);
      told.delete("");
      return told;
    };
    // These are of the index of the store's log, for which SQLite has the word of a full disk.
    const store =
      "install-summary-facade: The store FOLDER/.data/install-summary.db cannot be read or written: the disk reports an error.\n";
    for (const when of [1, 4, 7]) {
      for (const words of [
        ["backup", "new.db"],
        ["restore", "good.db"],
      ])
        expect(await failOnce(words, "pwrite64", when)).toEqual({ exit: 7, stderr: store });
    }
    expect([...(await ends(["backup", "new.db"]))]).toEqual([
      "install-summary-facade: The backup FOLDER/new.db cannot be read or written: the disk reports an error.\n",
    ]);
    expect([...(await ends(["restore", "good.db"]))]).toEqual([store]);
  },
);

test("where no process can be started nothing is known of the file: what was found stays", async () => {
  const file = await makeStore();
  const { execPath } = process;
  onTestFinished(() => void (process.execPath = execPath));
  process.execPath = join(dirname(file), "missing");
  expect(await faultBehind(malformed, file)).toBe(malformed);
  const copied = inspectStoreUntil(file, new AbortController().signal, { kind: "store", file });
  await expect(copied).rejects.toMatchObject({
    name: "UserError",
    exit: 7,
    message: expect.stringMatching(
      /^No process can be started to check the pages of a database: spawn .* ENOENT\.$/,
    ),
  });
});

test.each([
  [Object.assign(new Error("EIO"), { code: "EIO", syscall: "read" }), true],
  [Object.assign(new Error("disk I/O error"), { errcode: 10 }), true],
  [malformed, false],
  [Object.assign(new Error("ENOENT"), { code: "ENOENT", syscall: "realpath" }), false],
  [Object.assign(new Error("EAGAIN"), { code: "EAGAIN", syscall: "spawn node" }), false],
])("only a disk that does not give what is on it takes a damage back: %s", (error, expected) => {
  expect(isDiskFault(error)).toBe(expected);
});
