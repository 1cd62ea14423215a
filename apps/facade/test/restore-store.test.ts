import { decidePatch } from "@install-summary/core";
import type { ImportingStore, ImportingTenantStore } from "@install-summary/core/service";
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { backupStore } from "../src/store/sqlite/backup-store.ts";
import { inspectStore } from "../src/store/sqlite/inspect-store.ts";
import { restoreStore, type RestoredStore } from "../src/store/sqlite/restore-store.ts";
import {
  addApps,
  appId,
  incrementing,
  openTenant,
  otherTenantId,
  patching,
  request,
  sampleApp,
  tenantId,
} from "./samples.ts";
import { openTestStore, readLog, temporaryFolder } from "./stores.ts";

const { signal } = new AbortController();
const otherAppId = "88888888-0000-4000-8000-000000000001";
const thirdTenantId = "00000000-0000-4000-8000-000000000003";

interface Files {
  readonly folder: string;
  readonly file: string;
  readonly source: string;
}

/** The store of a folder with one app of one tenant that has changed twice, and its backup. */
async function makeBackup(): Promise<Files> {
  const folder = temporaryFolder();
  const files = { folder, file: join(folder, "store.db"), source: join(folder, "backup.db") };
  await use(files.file, async (store) => {
    await addApps(store, [sampleApp()]);
    await change(openTenant(store), 2);
  });
  await backup(files);
  return files;
}

async function use<Result>(
  file: string,
  action: (store: ImportingStore) => Promise<Result>,
): Promise<Result> {
  const store = await openTestStore({ file });
  try {
    return await action(store);
  } finally {
    await store.close();
  }
}

async function backup({ file, source }: Pick<Files, "file" | "source">): Promise<void> {
  await backupStore({ file, target: source, replace: true, signal });
}

let restores = 0;
async function restore(
  { file, source }: Pick<Files, "file" | "source">,
  erased?: "leave-out" | "bring-back",
): Promise<RestoredStore> {
  restores += 1;
  const time = new Date(Date.UTC(2026, 10, 26, 8, 0, restores)).toISOString();
  const by = { time, actor: "operator", requestId: `restore-${restores}` };
  const restored = await restoreStore({ file, source, erased, by, signal });
  expect(existsSync(`${file}-wal`)).toBe(false);
  expect(await inspectStore(file)).toMatchObject({ faults: [], isOlder: false });
  expect(readdirSync(join(file, "..")).filter((name) => /\.[0-9a-f-]{36}/.test(name))).toEqual([]);
  return restored;
}

async function change(tenant: ImportingTenantStore, times: number, id = appId): Promise<void> {
  for (let at = 0; at < times; at += 1) await tenant.update(id, incrementing, request);
}

async function etagOf(tenant: ImportingTenantStore, id = appId): Promise<string | undefined> {
  return (await tenant.readSummary(id))?.etag;
}

test("a restored store has the numbers of the backup under versions above all that were given out", async () => {
  const files = await makeBackup();
  const { file } = files;
  await use(file, async (store) => {
    await change(openTenant(store), 3);
    await addApps(store, [sampleApp({ id: otherAppId })]);
  });
  const restored = await restore(files);
  expect(restored).toMatchObject({
    backup: { tenants: 1, apps: 1, changes: 3 },
    leftOut: [],
    isKnown: true,
    replaced: expect.stringMatching(/store\.db\.replaced-2026-11-26T08-00-\d\d\.000Z$/),
  });
  expect(await inspectStore(restored.replaced ?? "")).toMatchObject({ changes: 7, faults: [] });
  await use(file, async (store) => {
    const tenant = openTenant(store);
    expect(await tenant.readSummary(appId)).toMatchObject({
      summary: { failedDeviceCount: 3 },
      etag: 'W/"1000003"',
    });
    // A PATCH with the ETag that was current before the restore.
    const stale = await tenant.update(
      appId,
      (current) => decidePatch(current, { failedDeviceCount: 9 }, { ifMatch: 'W/"6"' }),
      request,
    );
    expect(stale?.decision).toMatchObject({ kind: "refused", error: { status: 412 } });
    await change(tenant, 1);
    // What had come after the backup begins above what it had.
    await addApps(store, [sampleApp({ id: otherAppId })]);
    expect(await etagOf(tenant, otherAppId)).toBe('W/"1000001"');
  });
  expect(
    readLog(file)
      .map(({ version, origin, actor, before, after }) => [version, origin, actor, before, after])
      .slice(2, 5),
  ).toEqual([
    [3, "api", "ada", { failedDeviceCount: 2 }, { failedDeviceCount: 3 }],
    [1_000_003, "restore", "operator", {}, {}],
    [1_000_004, "api", "ada", { failedDeviceCount: 3 }, { failedDeviceCount: 4 }],
  ]);
  expect((await inspectStore(file)).faults).toEqual([]);
});

test("a cursor of changes that a restore has lost is a gap, and one of changes that it has goes on", async () => {
  const files = await makeBackup();
  await use(files.file, async (store) => change(openTenant(store), 4));
  const [{ sequence: kept = 0 } = {}, { sequence: lost = 0 } = {}] = [
    readLog(files.source).at(-1),
    readLog(files.file).at(-1),
  ];
  expect([kept, lost]).toEqual([3, 7]);
  const gaps = async (file: string): Promise<readonly boolean[]> =>
    use(file, async (store) => {
      const read = (after: number) => openTenant(store).readChanges({ order: "asc", top: 10, after });
      const pages = await Promise.all([0, 1, kept, kept + 1, lost, lost + 1, 1_000_000].map(read));
      expect(pages[1]?.changes.map(({ origin }) => origin)).toEqual(["api", "api", "restore"]);
      const { next = 0 } = pages[1] ?? {};
      expect((await read(next)).hasGap).toBe(false);
      expect((await read(next - 1)).hasGap).toBe(false);
      return pages.map(({ hasGap }) => hasGap);
    });
  const expected = [false, false, false, true, true, true, true];
  await restore(files);
  expect(await gaps(files.file)).toEqual(expected);
  // Where it is not known how far the lost store had come, too.
  const file = join(temporaryFolder(), "store.db");
  expect(await restore({ ...files, file })).toMatchObject({ replaced: undefined, isKnown: false });
  expect(await gaps(file)).toEqual(expected);
  // Retention that has removed the changes before the restore leaves the gap.
  await use(file, async (store) => {
    const tenant = openTenant(store);
    await tenant.removeChanges("9999", 3);
    expect((await tenant.readChanges({ order: "asc", top: 10, after: lost })).hasGap).toBe(true);
    expect(await tenant.measure()).toEqual({ apps: 1, changes: 1 });
  });
  expect((await inspectStore(file)).faults).toEqual([]);
});

test("however often the same backup is restored, also one of a restored store, no version comes again", async () => {
  const files = await makeBackup();
  const seen = new Map<string, number>();
  const note = async (): Promise<void> =>
    use(files.file, async (store) => {
      for (let at = 0; at < 3; at += 1) {
        const current = await openTenant(store).readSummary(appId);
        if (current === undefined) throw new Error("the app is gone");
        expect(seen.has(current.etag)).toBe(false);
        seen.set(current.etag, current.summary.failedDeviceCount);
        await openTenant(store).update(appId, patching({ failedDeviceCount: 100 + seen.size }), request);
      }
    });
  await note();
  for (let round = 0; round < 4; round += 1) {
    await restore(files);
    await note();
  }
  await backup(files);
  for (let round = 0; round < 2; round += 1) {
    await restore(files);
    await note();
  }
  expect([...seen.keys()].slice(0, 9)).toEqual(
    [3, 4, 5, 1_000_003, 1_000_004, 1_000_005, 2_000_003, 2_000_004, 2_000_005].map(
      (version) => `W/"${version}"`,
    ),
  );
  expect(seen.size).toBe(21);
});

test("a tenant that the backup does not know goes on above its numbers, known or not", async () => {
  const files = await makeBackup();
  await use(files.file, async (store) => {
    await addApps(store, [sampleApp()], otherTenantId);
    await change(openTenant(store, { tenantId: otherTenantId }), 5);
  });
  await restore(files);
  await use(files.file, async (store) => {
    for (const [tenant, cursor] of [
      [otherTenantId, 6],
      [thirdTenantId, 1],
    ] as const) {
      const opened = openTenant(store, { tenantId: tenant });
      expect((await opened.readChanges({ order: "asc", top: 1, after: cursor })).hasGap).toBe(true);
      await addApps(store, [sampleApp()], tenant);
      expect(await etagOf(opened)).toBe('W/"1000001"');
      expect((await opened.readChanges({ order: "asc", top: 1, after: cursor })).hasGap).toBe(true);
    }
  });
  expect((await inspectStore(files.file)).faults).toEqual([]);
});

test("a tenant that was erased since is left out or brought back as the operator says, and nothing happens without a word", async () => {
  const files = await makeBackup();
  const { file, source } = files;
  await use(file, async (store) => {
    await addApps(store, [sampleApp()], otherTenantId);
    await openTenant(store).erase();
  });
  const before = readFileSync(file);
  await expect(restore(files)).rejects.toMatchObject({
    exit: 2,
    message:
      `Nothing was restored: the backup has a tenant that was erased from the store since: ${tenantId}. ` +
      "Add --erased leave-out to restore the others, or --erased bring-back to restore it too.",
  });
  expect(readFileSync(file).equals(before)).toBe(true);

  expect(await restore(files, "leave-out")).toMatchObject({ leftOut: [tenantId], wasRestored: false });
  expect(readFileSync(file, "latin1")).not.toContain(tenantId);
  await use(file, async (store) => {
    expect(await store.listTenants()).toEqual([]);
    await addApps(store, [sampleApp()]);
    expect(Number(/\d+/.exec((await etagOf(openTenant(store))) ?? "")?.[0])).toBeGreaterThan(1_000_000);
    await openTenant(store).erase();
  });

  expect(await restore(files, "bring-back")).toMatchObject({ leftOut: [] });
  await use(file, async (store) => {
    expect(await openTenant(store).readSummary(appId)).toMatchObject({
      summary: { failedDeviceCount: 3 },
      etag: 'W/"2000003"',
    });
  });
  expect((await inspectStore(source)).changes).toBe(3);
});

test("a tenant that was erased since and came again is left out or brought back as the operator says, its new data with it", async () => {
  const files = await makeBackup();
  const { file } = files;
  await use(file, async (store) => {
    await addApps(store, [sampleApp()], otherTenantId);
    await openTenant(store).erase();
    await addApps(store, [sampleApp()]);
  });
  await expect(restore(files)).rejects.toMatchObject({
    exit: 2,
    message: expect.stringContaining(`a tenant that was erased from the store since: ${tenantId}.`),
  });
  expect(await restore(files, "leave-out")).toMatchObject({ leftOut: [tenantId] });
  await use(file, async (store) => {
    expect(await store.listTenants()).toEqual([]);
    await addApps(store, [sampleApp()]);
  });
  await expect(restore(files)).rejects.toMatchObject({ exit: 2 });
  expect(await restore(files, "bring-back")).toMatchObject({ leftOut: [] });
  expect(readLog(file).map(({ origin }) => origin)).toEqual(["import", "api", "api", "restore"]);
});

test("a tenant that an earlier restore took out is not said to be erased", async () => {
  const files = await makeBackup();
  const { file, source } = files;
  const later = join(temporaryFolder(), "later.db");
  await use(file, (store) => addApps(store, [sampleApp()], otherTenantId));
  await backup({ file, source: later });
  await restore({ file, source });
  await expect(restore({ file, source: later })).rejects.toMatchObject({
    message:
      `Nothing was restored: the backup has a tenant that was erased from the store since, or taken out of it by an earlier restore: ${otherTenantId}. ` +
      "Add --erased leave-out to restore the others, or --erased bring-back to restore it too.",
  });
  expect(await restore({ file, source: later }, "leave-out")).toMatchObject({
    leftOut: [otherTenantId],
    wasRestored: true,
  });
  expect(await restore({ file, source: later }, "bring-back")).toMatchObject({ leftOut: [] });
});

test("a backup that was made after a tenant was erased and came again is restored without a question", async () => {
  const files = await makeBackup();
  const { file } = files;
  await use(file, async (store) => {
    await openTenant(store).erase();
    await addApps(store, [sampleApp()]);
  });
  await backup(files);
  await use(file, (store) => change(openTenant(store), 3));
  expect(await restore(files)).toMatchObject({ leftOut: [] });
  await use(file, (store) => change(openTenant(store), 1));
  expect(await restore(files, "leave-out")).toMatchObject({ leftOut: [] });
  await use(file, async (store) => expect(await store.listTenants()).toEqual([tenantId]));
});

test("a damaged store is replaced and kept as it is, its log included", async () => {
  const files = await makeBackup();
  const bytes = readFileSync(files.file).fill(7, 0, 3000);
  writeFileSync(files.file, bytes);
  writeFileSync(`${files.file}-wal`, "a log");
  const { replaced = "", isKnown } = await restore(files);
  expect(isKnown).toBe(false);
  expect(readFileSync(replaced).equals(bytes)).toBe(true);
  expect(readFileSync(`${replaced}-wal`, "utf8")).toBe("a log");
  writeFileSync(files.file, "");
  expect(await restore(files)).toMatchObject({ isKnown: false });
});

test("a backup that cannot be restored is told, and the store is as it was", async () => {
  const files = await makeBackup();
  const { folder, file, source } = files;
  const before = readFileSync(file);
  const refused = async (content: string, exit: number, told: RegExp | string): Promise<void> => {
    const failed = restore({ file, source: join(folder, content) });
    await expect(failed).rejects.toMatchObject({ exit, message: expect.stringMatching(told) });
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes("replaced"))).toEqual([]);
  };
  const make = (name: string, sql: string): void => {
    copyFileSync(source, join(folder, name));
    using database = new DatabaseSync(join(folder, name));
    database.exec(sql);
  };
  make("newer.db", "PRAGMA user_version = 99");
  make("foreign.db", "PRAGMA application_id = 1");
  make("fault.db", "UPDATE install_summary SET version = 9");
  make("set-back.db", "PRAGMA user_version = 2");
  writeFileSync(join(folder, "text.db"), "not a database, and long enough not to be taken for an empty one");
  writeFileSync(join(folder, "damaged.db"), readFileSync(source).fill(7, 8192, 30_000));
  writeFileSync(join(folder, "cut.db"), readFileSync(source).subarray(0, 12_288));
  writeFileSync(join(folder, "empty.db"), "");
  await refused("none.db", 2, /^The backup .*none\.db does not exist\.$/);
  await refused(".", 2, /is a folder, a pipe or a device, and not a file\.$/);
  await refused("store.db", 2, /is the store itself\. Name another file\.$/);
  await refused(
    "newer.db",
    2,
    /was written by a newer version \(its schema is 99, this version knows 4\)\. Use the newer/,
  );
  await refused("foreign.db", 6, /foreign\.db is not a store of Install Summary\. Restore another one\.$/);
  await refused(
    "fault.db",
    6,
    /fault\.db is not whole\. Restore another one\.\nThe summary of app .* has version 9/,
  );
  await refused("set-back.db", 6, /The store says that its schema is 2, and /);
  await refused("text.db", 6, /text\.db is not a SQLite file, or is damaged\. Restore another one\.$/);
  await refused(
    "damaged.db",
    6,
    /damaged\.db is (not whole|not a SQLite file, or is damaged)\. Restore another one\./,
  );
  await refused(
    "cut.db",
    6,
    /cut\.db is (not whole|not a SQLite file, or is damaged)\. Restore another one\./,
  );
  await refused("empty.db", 6, /empty\.db is not a store of Install Summary\. Restore another one\.$/);
});

test("a store that another program uses is not replaced, and one with a journal beside it neither", async () => {
  const files = await makeBackup();
  const importing = await openTestStore({ file: files.file });
  await expect(restore(files)).rejects.toThrow(/store\.db is locked by another program\.$/);
  await change(openTenant(importing), 1);
  await importing.close();
  writeFileSync(`${files.file}-journal`, "a journal");
  await expect(restore(files)).rejects.toThrow(/-journal is not of this store/);
});

test.each(["-wal", "-journal"])(
  "a store that is lost but for its %s is not replaced by one that would take that for its own",
  async (part) => {
    const files = await makeBackup();
    const { file } = files;
    await use(file, async (store) => {
      await change(openTenant(store), 3);
      copyFileSync(`${file}-wal`, `${file}.kept`);
    });
    rmSync(file);
    copyFileSync(`${file}.kept`, file + part);
    const lost = `The store ${file} is missing, and ${file}${part} is left of it.`;
    await expect(restore(files)).rejects.toThrow(lost);
    await expect(openTestStore({ file })).rejects.toThrow(lost);
    expect(existsSync(file)).toBe(false);
    rmSync(file + part);
    expect(await restore(files)).toMatchObject({ replaced: undefined });
  },
);

test.each([1, 2, 3])("a store of schema %i is migrated and restored", async (schema) => {
  const folder = temporaryFolder();
  const source = fileURLToPath(new URL(`fixtures/store-schema-${schema}.db`, import.meta.url));
  const before = readFileSync(source);
  const file = join(folder, "store.db");
  const { backup: report } = await restore({ file, source });
  expect(report).toMatchObject({ isOlder: true, faults: [] });
  expect(report.apps).toBeGreaterThan(0);
  expect(readFileSync(source).equals(before)).toBe(true);
  await use(file, async (store) => {
    expect(Number(/\d+/.exec((await etagOf(openTenant(store))) ?? "")?.[0])).toBeGreaterThan(1_000_000);
  });
});

test.each([
  [1, 4],
  [2, 5],
  [3, 4],
])("a store of schema %i that is replaced is known, with the last sequence %i", async (schema, last) => {
  const { folder, source } = await makeBackup();
  const file = join(folder, "older.db");
  copyFileSync(fileURLToPath(new URL(`fixtures/store-schema-${schema}.db`, import.meta.url)), file);
  {
    // As after the erasure of an app: the highest version is in the log alone.
    using database = new DatabaseSync(file);
    database.exec("UPDATE install_summary_change SET version = 2000007 WHERE sequence = 1");
  }
  expect(await restore({ file, source })).toMatchObject({ isKnown: true });
  await use(file, async (store) => {
    expect(await etagOf(openTenant(store))).toBe('W/"3000003"');
    const { next } = await openTenant(store).readChanges({ order: "desc", top: 1 });
    expect(next).toBe(1_000_000_000 + last + 1);
  });
});

test("a copy of a store with the newest changes in its log is restored with them", async () => {
  const folder = temporaryFolder();
  const store = await openTestStore({ file: join(folder, "running.db") });
  await addApps(store, [sampleApp()]);
  await change(openTenant(store), 5);
  for (const part of ["", "-wal"])
    copyFileSync(join(folder, `running.db${part}`), join(folder, `copy.db${part}`));
  const file = join(folder, "store.db");
  await restore({ file, source: join(folder, "copy.db") });
  await use(file, async (restored) => {
    expect(await openTenant(restored).readSummary(appId)).toMatchObject({ etag: 'W/"1000006"' });
  });
});

test("a restore that is stopped leaves the store as it was", async () => {
  const files = await makeBackup();
  const before = readFileSync(files.file);
  const stop = new AbortController();
  const by = { time: "2026-11-26T08:00:00.000Z", actor: "operator", requestId: "r" };
  const restoring = restoreStore({ ...files, erased: undefined, by, signal: stop.signal });
  stop.abort(new Error("stopped"));
  await expect(restoring).rejects.toThrow("stopped");
  expect(readFileSync(files.file).equals(before)).toBe(true);
  expect(readdirSync(files.folder).toSorted()).toEqual(["backup.db", "store.db"]);
});
