import { graphError } from "@install-summary/core";
import { statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, StatementSync } from "node:sqlite";
import { expect, test, vi } from "vitest";
import {
  addApps,
  appId,
  incrementing,
  key,
  otherTenantId,
  patching,
  sampleApp,
  sampleSummary,
  source,
  tenantId,
} from "./samples.ts";
import { expectWholeLog, openTestStore, readLog, temporaryFolder } from "./stores.ts";

test("a change is there after the store was closed and opened again", async () => {
  const file = join(temporaryFolder(), "store.db");
  const first = await openTestStore({ file });
  await addApps(first, [sampleApp()]);
  const result = await first.update(key, patching({ failedDeviceCount: 8, failedUserCount: 0 }), source);
  expect(result?.current).toMatchObject({
    version: 2,
    summary: { failedDeviceCount: 8, failedUserCount: 0 },
  });
  await first.close();

  const second = await openTestStore({ file });
  expect(await second.readSummary(key)).toEqual({
    summary: sampleSummary({ failedDeviceCount: 8, failedUserCount: 0 }),
    version: 2,
  });
  expect(await second.readApp(key)).toEqual({
    app: sampleApp(),
    summary: sampleSummary({ failedDeviceCount: 8, failedUserCount: 0 }),
    version: 2,
  });
});

test("the log holds who changed what, and only the counters that changed", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  await store.update(key, patching({ failedDeviceCount: 8, installedDeviceCount: 4 }), {
    actor: "grace",
    origin: "editor",
    requestId: "request-2",
  });
  const { id: _, ...counters } = sampleSummary();
  expect(readLog(file)).toEqual([
    { ...source, origin: "import", sequence: 1, appId, version: 1, before: {}, after: counters },
    {
      actor: "grace",
      origin: "editor",
      requestId: "request-2",
      sequence: 2,
      appId,
      version: 2,
      before: { failedDeviceCount: 1 },
      after: { failedDeviceCount: 8 },
    },
  ]);
});

test("an app of another tenant is not there", async () => {
  const store = await openTestStore();
  await addApps(store, [sampleApp()]);
  const foreign = { tenantId: otherTenantId, appId };
  expect(await store.readSummary(foreign)).toBeUndefined();
  expect(await store.readApp(foreign)).toBeUndefined();
  expect(await store.update(foreign, incrementing, source)).toBeUndefined();
  expect(await store.isEmpty(otherTenantId)).toBe(true);
  expect(await store.isEmpty(tenantId)).toBe(false);
});

test("what is refused or changes nothing leaves version and log alone", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  const error = graphError("PreconditionFailed", "no");
  const unchanged = await store.update(key, patching({ failedDeviceCount: 1 }), source);
  const refused = await store.update(key, () => ({ kind: "refused", error }), source);
  expect(unchanged).toMatchObject({ decision: { kind: "unchanged" }, current: { version: 1 } });
  expect(refused).toMatchObject({ decision: { kind: "refused", error }, current: { version: 1 } });
  expect(readLog(file)).toHaveLength(1);
});

test("decisions on one app that wait for the same commit see each other", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  const results = await Promise.all(
    Array.from({ length: 100 }, () => store.update(key, incrementing, source)),
  );
  expect(results.map((result) => result?.current.version)).toEqual(
    Array.from({ length: 100 }, (_, index) => index + 2),
  );
  expect((await store.readSummary(key))?.summary.failedDeviceCount).toBe(101);
  await expectWholeLog(file);
});

test("two stores on one file lose no change", async () => {
  const file = join(temporaryFolder(), "store.db");
  const stores = [await openTestStore({ file }), await openTestStore({ file })];
  await addApps(await openTestStore({ file }), [sampleApp()]);
  await Promise.all(
    stores.map(async (store) => {
      for (let round = 0; round < 25; round += 1) {
        await Promise.all([1, 2, 3].map(() => store.update(key, incrementing, source)));
      }
    }),
  );
  expect((await stores[0]?.readSummary(key))?.summary.failedDeviceCount).toBe(151);
  await expectWholeLog(file);
});

test("each tenant counts its own changes", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  await addApps(store, [sampleApp()], otherTenantId);
  await Promise.all([
    store.update(key, incrementing, source),
    store.update({ ...key, tenantId: otherTenantId }, incrementing, source),
    store.update(key, incrementing, source),
  ]);
  expect(readLog(file).map((change) => change.sequence)).toEqual([1, 2, 3]);
  expect(readLog(file, otherTenantId).map((change) => change.sequence)).toEqual([1, 2]);
});

test("a decision that throws fails its own caller alone", async () => {
  const store = await openTestStore();
  await addApps(store, [sampleApp()]);
  const results = await Promise.allSettled([
    store.update(key, incrementing, source),
    store.update(
      key,
      () => {
        throw new Error("mine");
      },
      source,
    ),
    store.update(key, incrementing, source),
  ]);
  expect(results).toMatchObject([
    { status: "fulfilled", value: { current: { version: 2 } } },
    { status: "rejected", reason: { message: "mine" } },
    { status: "fulfilled", value: { current: { version: 3 } } },
  ]);
});

test("a statement that fails takes its whole group with it, and the next one works", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  const results = await Promise.allSettled([
    store.update(key, incrementing, source),
    store.update(
      key,
      () => ({ kind: "changed", summary: sampleSummary({ failedUserCount: -1 }), version: 3 }),
      source,
    ),
  ]);
  expect(results.map((result) => result.status)).toEqual(["rejected", "rejected"]);
  expect(await store.readSummary(key)).toMatchObject({ version: 1 });
  expect(await store.update(key, incrementing, source)).toMatchObject({ current: { version: 2 } });
  await expectWholeLog(file);
});

test("a change costs three statements, and its group a handful", async () => {
  const store = await openTestStore();
  await addApps(store, [sampleApp()]);
  const statements: string[] = [];
  for (const method of ["run", "get"] as const) {
    const original = StatementSync.prototype[method];
    vi.spyOn(StatementSync.prototype, method).mockImplementation(function count(
      this: StatementSync,
      ...values
    ) {
      statements.push(this.sourceSQL.split(/\s+/).slice(0, 3).join(" "));
      return Reflect.apply(original, this, values);
    });
  }
  await Promise.all(Array.from({ length: 10 }, () => store.update(key, incrementing, source)));
  const counts: Record<string, number> = {};
  for (const statement of statements) counts[statement] = (counts[statement] ?? 0) + 1;
  expect(counts).toEqual({
    "BEGIN IMMEDIATE": 1,
    "SELECT last FROM": 1,
    "SELECT version, installed_device_count,": 10,
    "INSERT INTO install_summary_change": 10,
    "INSERT INTO install_summary": 10,
    "INSERT INTO change_feed": 1,
    COMMIT: 1,
  });
});

test("when too many changes wait the next one is refused, and later ones go through", async () => {
  const store = await openTestStore({ writes: 2 });
  await addApps(store, [sampleApp()]);
  const results = await Promise.allSettled([1, 2, 3].map(() => store.update(key, incrementing, source)));
  expect(results.map((result) => result.status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
  expect(results[2]).toMatchObject({ reason: { code: "ServiceUnavailable", status: 503, retryAfter: 1 } });
  expect(await store.update(key, incrementing, source)).toMatchObject({ current: { version: 4 } });
});

test("reads go on while another process writes, and a change waits until it has done", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  using other = new DatabaseSync(file);
  other.exec("BEGIN IMMEDIATE");
  other.exec("UPDATE install_summary SET failed_device_count = 20");
  let written = false;
  const update = store.update(key, incrementing, source).finally(() => {
    written = true;
  });
  expect((await store.readSummary(key))?.summary.failedDeviceCount).toBe(1);
  expect((await store.listApps({ tenantId, top: 10 })).apps).toHaveLength(1);
  expect(written).toBe(false);
  other.exec("COMMIT");
  expect((await update)?.current.summary.failedDeviceCount).toBe(21);
});

test("an app that was erased and comes back goes on counting its versions", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  await store.update(key, incrementing, source);
  using database = new DatabaseSync(file);
  database.exec("DELETE FROM mobile_app; DELETE FROM install_summary");
  await addApps(store, [sampleApp()]);
  expect((await store.readSummary(key))?.version).toBe(3);
});

test("an import changes name and counters, and only counters raise the version", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  const renamed = sampleApp({ displayName: "Outlook 4.4" });
  const importing = async (counters: object): Promise<void> => {
    await store.importApps(
      tenantId,
      [{ app: renamed }],
      () => ({ kind: "changed", app: renamed, summary: sampleSummary(counters) }),
      source,
    );
  };
  await importing({});
  expect(await store.readApp(key)).toEqual({ app: renamed, summary: sampleSummary(), version: 1 });
  await importing({ failedUserCount: 3 });
  expect(await store.readApp(key)).toMatchObject({ summary: { failedUserCount: 3 }, version: 2 });
  await expectWholeLog(file);
});

test("a decision that throws leaves nothing of its import behind", async () => {
  const store = await openTestStore();
  const importing = store.importApps(
    tenantId,
    [sampleApp(), sampleApp({ id: "00000000-0000-0000-0000-000000000000" })].map((app) => ({ app })),
    ({ app }) => {
      if (app.id !== appId) throw new Error("mine");
      return { kind: "created", app, summary: sampleSummary() };
    },
    source,
  );
  await expect(importing).rejects.toThrow("mine");
  expect(await store.isEmpty(tenantId)).toBe(true);
});

test("closing lets the changes that wait go through and takes no others", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  const waiting = store.update(key, incrementing, source);
  const closed = store.close();
  await expect(store.update(key, incrementing, source)).rejects.toMatchObject({ code: "ServiceUnavailable" });
  expect(await waiting).toMatchObject({ current: { version: 2 } });
  await closed;
  await expect(store.readSummary(key)).rejects.toMatchObject({ code: "ServiceUnavailable" });
});

test("nobody else can read the store's files", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  for (const suffix of ["", "-wal", "-shm"]) expect(statSync(file + suffix).mode & 0o777).toBe(0o600);
});
