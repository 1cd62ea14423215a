import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { isDamage } from "../src/files/sqlite-codes.ts";
import { checkPages } from "../src/store/sqlite/check-pages.ts";
import { backupStore, type BackupOptions } from "../src/store/sqlite/backup-store.ts";
import { addApps, appId, incrementing, openTenant, otherTenantId, request, sampleApp } from "./samples.ts";
import { expectWholeLog, openTestStore, readLog, temporaryFolder } from "./stores.ts";

const options = { replace: false, signal: new AbortController().signal } as const;

/** A store with two tenants in a folder of its own, and where its backup goes. */
async function makeStore(): Promise<{ file: string; folder: string } & Pick<BackupOptions, "target">> {
  const folder = temporaryFolder();
  const file = join(folder, "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  await addApps(store, [sampleApp()], otherTenantId);
  await openTenant(store).update(appId, incrementing, request);
  await store.close();
  return { file, folder, target: join(folder, "backup.db") };
}

test("a backup beside a store that is changed all the time is one whole moment of it, in one file of its owner's alone", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "store.db");
  const store = await openTestStore({ file });
  const ids = Array.from(
    { length: 2000 },
    (_, at) => `77777777-0000-4000-8000-${String(at).padStart(12, "0")}`,
  );
  await addApps(
    store,
    ids.map((id) => sampleApp({ id, displayName: `App ${"x".repeat(500)}` })),
  );
  const done = new AbortController();
  const tenant = openTenant(store);
  const writing = (async () => {
    for (let at = 0; !done.signal.aborted; at += 1) {
      await tenant.update(ids[(at * 7) % ids.length] ?? "", incrementing, request);
    }
  })();
  const targets = [1, 2, 3].map((at) => join(folder, `backup-${at}.db`));
  const counts: number[] = [];
  for (const target of targets) {
    const report = await backupStore({ ...options, file, target });
    expect(report).toMatchObject({ tenants: 1, apps: 2000, faultCount: 0, isOlder: false });
    counts.push(report.changes);
  }
  done.abort();
  await writing;
  expect(counts).toEqual(counts.toSorted((one, other) => one - other));
  expect(readdirSync(folder).filter((name) => name.startsWith("backup"))).toHaveLength(3);
  for (const [at, target] of targets.entries()) {
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(readLog(target)).toHaveLength(counts[at] ?? -1);
    await expectWholeLog(target);
  }
});

test("a backup of a store that nothing has open leaves nothing beside that", async () => {
  const { file, folder, target } = await makeStore();
  await backupStore({ ...options, file, target });
  expect(readdirSync(folder).toSorted()).toEqual(["backup.db", "store.db"]);
});

test("a check of pages is ended by a signal, and says what is damaged", async () => {
  const { file } = await makeStore();
  const { signal } = options;
  expect(await checkPages(file, signal)).toEqual([]);
  const stop = new AbortController();
  const checking = checkPages(file, stop.signal);
  stop.abort(new Error("stopped"));
  await expect(checking).rejects.toThrow("stopped");
  await expect(checkPages(file, stop.signal)).rejects.toThrow("stopped");
  writeFileSync(file, readFileSync(file).fill(7, 8192, 12_288));
  const isFound = checkPages(file, signal).then((faults) => faults.length > 0, isDamage);
  expect(await isFound).toBe(true);
  writeFileSync(file, "a text that is long enough not to be taken for a database that is empty");
  await expect(checkPages(file, signal)).rejects.toSatisfy(isDamage);
});

test("the target must be a file that is not there, unless it is to be replaced, and never one of the store", async () => {
  const { file, folder, target } = await makeStore();
  const fail = (to: string, replace = false) => backupStore({ ...options, file, target: to, replace });
  writeFileSync(target, "mine");
  await expect(fail(target)).rejects.toThrow(
    `The file ${target} is there already, and was left as it is. Name another file, or replace it with --replace.`,
  );
  expect(readFileSync(target, "utf8")).toBe("mine");
  await fail(target, true);
  await expectWholeLog(target);

  const [link, broken, other, sub] = ["link", "broken", "other", "sub"].map((name) => join(folder, name));
  symlinkSync(target, link ?? "");
  symlinkSync(join(folder, "nowhere"), broken ?? "");
  mkdirSync(sub ?? "");
  const before = statSync(target).ino;
  await fail(link ?? "", true);
  expect(statSync(link ?? "").ino).not.toBe(before);
  expect(statSync(target).ino).toBe(statSync(link ?? "").ino);
  await expect(fail(broken ?? "", true)).rejects.toThrow("is a pipe, a device or a broken link");
  linkSync(file, other ?? "");
  for (const own of [file, `${file}-wal`, `${file}-lock`, `${file}-import-x`, other ?? ""]) {
    await expect(fail(own, true)).rejects.toThrow("belongs to the store itself. Name another file.");
  }
  rmSync(other ?? "");
  await expect(fail(sub ?? "")).rejects.toThrow(
    `The path ${sub} is a folder. Name a file in it, such as ${sub}/install-summary.backup.db.`,
  );
  await expect(fail(join(folder, "none", "b.db"))).rejects.toThrow(
    "b.db cannot be used: no such file or directory.",
  );
  expect(readdirSync(folder).filter((name) => name.includes(".part"))).toEqual([]);
});

test("a store that is missing, of another program, damaged or not whole is told, and leaves no file", async () => {
  const { file, folder, target } = await makeStore();
  const backup = () => backupStore({ ...options, file, target });
  const missing = backupStore({ ...options, file: join(folder, "none.db"), target });
  await expect(missing).rejects.toThrow("none.db does not exist. Name its folder with --data.");
  {
    using database = new DatabaseSync(file);
    database.exec("UPDATE install_summary SET failed_device_count = failed_device_count + 1");
  }
  await expect(backup()).rejects.toMatchObject({
    exit: 7,
    message: expect.stringMatching(
      /^The store .* is not whole, so no backup was made\. Restore the last backup that is\.\nThe summary of app .* has failedDeviceCount/,
    ),
  });
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(7, 8192, 30_000));
  await expect(backup()).rejects.toMatchObject({ exit: 7 });
  writeFileSync(file, "no database at all, but long enough to be read as one");
  await expect(backup()).rejects.toThrow(/store\.db is not a SQLite file, or is damaged/);
  expect(readdirSync(folder).filter((name) => name.startsWith("backup"))).toEqual([]);
});

test("a backup that is stopped leaves nothing behind, and what was there stays", async () => {
  const { file, folder, target } = await makeStore();
  writeFileSync(target, "mine");
  const stop = new AbortController();
  const reason = new Error("stopped");
  const backup = backupStore({ file, target, replace: true, signal: stop.signal });
  stop.abort(reason);
  await expect(backup).rejects.toBe(reason);
  expect(readdirSync(folder).filter((name) => name.startsWith("backup"))).toEqual(["backup.db"]);
  expect(readFileSync(target, "utf8")).toBe("mine");
});
