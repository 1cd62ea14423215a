import type { MobileApp } from "@install-summary/core";
import fs from "node:fs/promises";
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test, vi } from "vitest";
import { connect } from "../src/store/sqlite/connection.ts";
import { cleanFile } from "../src/store/sqlite/clean-file.ts";
import { inspectStore } from "../src/store/sqlite/inspect-store.ts";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { findPlace } from "../src/store/sqlite/watch-files.ts";
import { testErasure } from "./erasure-conformance.ts";
import { checkRandomStories } from "./store-model.ts";
import {
  addApps,
  appId,
  incrementing,
  openTenant,
  otherTenantId,
  request,
  sampleApp,
  sampleSummary,
  tenantId,
} from "./samples.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";

testErasure({
  name: "SQLite",
  create() {
    const file = join(temporaryFolder(), "store.db");
    return () => openSqliteStore({ file });
  },
});

test("after random stories with removals and erasures the store is whole", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await checkRandomStories(store);
  expect(await inspectStore(file)).toMatchObject({ faultCount: 0, faults: [] });
});

const ids = Array.from({ length: 800 }, (_, at) => `77777777-0000-4000-8000-${String(at).padStart(12, "0")}`);

/** Texts of many lengths, so that rows move between pages and some need pages of their own. */
function appsCalled(name: string): readonly MobileApp[] {
  return ids.map((id, at) => sampleApp({ id, displayName: `${name} ${"x".repeat((at * 37) % 1500)}` }));
}

test("what is deleted is overwritten in the file, without writing it anew", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  const canary = openTenant(store, { actor: "canary@contoso.com", origin: "import" });
  await addApps(store, [sampleApp()], otherTenantId);
  for (const name of ["Kanarienvogel", "Kanarie", "Kanarienvogelschlag"]) {
    const rows = appsCalled(name).map((app) => ({
      appId: app.id,
      decide: (current: unknown) =>
        current === undefined
          ? ({ kind: "created", app, summary: sampleSummary({}, app.id) } as const)
          : ({ kind: "changed", app } as const),
    }));
    await canary.importApps(rows, request);
    await Promise.all(ids.map((id) => canary.update(id, incrementing, request)));
  }
  expect(readFileSync(`${file}-wal`, "latin1")).toContain("Kanarie");
  await canary.erase();
  await store.close();
  for (const text of ["Kanarie", "canary@contoso.com", "77777777-", tenantId]) {
    expect(readFileSync(file, "latin1")).not.toContain(text);
  }
  expect(await cleanFile(file, tenantId, new AbortController().signal)).toEqual({
    isLeft: false,
    isElsewhere: false,
    isRewritten: false,
  });
});

test("a file that another program reads is waited for until a signal ends it, which gives its reason", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, appsCalled("Mail"));
  using reader = new DatabaseSync(file, { readOnly: true });
  reader.exec("BEGIN; SELECT count(*) FROM mobile_app");
  await openTenant(store).erase();
  const stop = new AbortController();
  const cleaning = cleanFile(file, tenantId, stop.signal);
  const reason = new Error("stopped");
  stop.abort(reason);
  await expect(cleaning).rejects.toBe(reason);
});

test("a file is read for what is left while no connection has it open, whose locks would go with the reading", async ({
  skip,
}) => {
  skip(!existsSync("/proc/self/fd"), "this system does not tell which files are open");
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp({ displayName: `Of ${tenantId}` })], otherTenantId);
  await store.close();
  const isOpen: string[][] = [];
  beforeEachOpen(() => isOpen.push(openFiles().filter((name) => name.startsWith(file))));
  const { signal } = new AbortController();
  expect(await cleanFile(file, tenantId, signal)).toMatchObject({ isElsewhere: true, isRewritten: true });
  // The log and the file, before it is written anew and afterwards.
  expect(isOpen).toEqual([[], [], [], []]);
});

test("a log that another program removes when it ends, just before it is read, holds nothing", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()], otherTenantId);
  await store.close();
  const other = new DatabaseSync(file);
  other.exec("UPDATE change_feed SET last = last");
  const { signal } = new AbortController();
  beforeEachOpen((path) => {
    expect(existsSync(`${file}-wal`)).toBe(path === `${file}-wal`);
    if (other.isOpen) other.close();
  });
  expect(await cleanFile(file, tenantId, signal)).toMatchObject({ isLeft: false, isElsewhere: false });
});

test("a store's file that is gone is no file that holds nothing", async () => {
  const file = join(temporaryFolder(), "store.db");
  await (await openTestStore({ file })).close();
  const { signal } = new AbortController();
  beforeEachOpen(() => rmSync(file, { force: true }));
  await expect(cleanFile(file, tenantId, signal)).rejects.toThrow("no such file or directory");
});

/** Has something happen just before this program opens a file to read it as bytes. */
function beforeEachOpen(action: (path: unknown) => void): void {
  const { open } = fs;
  const spy = vi.spyOn(fs, "open").mockImplementation((path, flags) => {
    action(path);
    return open(path, flags);
  });
  onTestFinished(() => {
    spy.mockRestore();
    syncBuiltinESMExports();
  });
  syncBuiltinESMExports();
}

/** The files that this process has open. */
function openFiles(): readonly string[] {
  return readdirSync("/proc/self/fd").flatMap((handle) => {
    try {
      return [readlinkSync(join("/proc/self/fd", handle))];
    } catch {
      // It was that of the folder itself.
      return [];
    }
  });
}

test("who made changes that retention has removed is no longer in the file", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, appsCalled("Mail"));
  const canary = openTenant(store, { actor: "canary@contoso.com" });
  for (const id of ids) await canary.update(id, incrementing, { requestId: "canary-request" });
  for (const id of ids) await openTenant(store).update(id, incrementing, request);
  while ((await canary.removeChanges("9999", 100)) === 100);
  await store.close();
  for (const text of ["canary@contoso.com", "canary-request"]) {
    expect(readFileSync(file, "latin1")).not.toContain(text);
  }
});

test("a store is whole after each step of an erasure, also where the tenant gets apps in between", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, appsCalled("Mail"));
  await addApps(store, [sampleApp()], otherTenantId);
  const tenant = openTenant(store);
  for (const id of ids.slice(0, 100)) await tenant.update(id, incrementing, request);
  const connection = connect(file, {
    place: findPlace(file),
    mustWrite: true,
    mustProve: false,
    guard: undefined,
  });
  const step = async (): Promise<boolean> => {
    connection.writes.begin();
    const { isLast } = connection.deletes.eraseStep({ tenantId, top: 300 });
    connection.writes.commit();
    expect(await inspectStore(file)).toMatchObject({ faultCount: 0, faults: [] });
    return isLast;
  };
  let steps = 1;
  for (; !(await step()); steps += 1) {
    await addApps(store, [sampleApp({ id: `99999999-0000-4000-8000-00000000000${steps}` })]);
    await tenant.update(ids[799] ?? "", incrementing, request);
  }
  connection.guard?.close();
  connection.database.close();
  expect(steps).toBeGreaterThan(4);
  expect(await tenant.measure()).toEqual({ apps: 0, changes: 0 });
  await addApps(store, [sampleApp()]);
  expect(await inspectStore(file)).toMatchObject({ faultCount: 0, faults: [] });
});

test("while one process erases a tenant, another one changes apps of other tenants", async () => {
  const file = join(temporaryFolder(), "store.db");
  const [serving, erasing] = [await openTestStore({ file }), await openTestStore({ file })];
  const many = Array.from({ length: 3 }, (_, at) =>
    appsCalled("Mail").map((app) => ({ ...app, id: `${at}${app.id.slice(1)}` })),
  );
  for (const apps of many) await addApps(serving, apps);
  await addApps(serving, [sampleApp()], otherTenantId);
  const other = openTenant(serving, { tenantId: otherTenantId });
  const done = new AbortController();
  const erasure = openTenant(erasing)
    .erase()
    .finally(() => done.abort());
  let changes = 0;
  for (; !done.signal.aborted; changes += 1) await other.update(appId, incrementing, request);
  expect(await erasure).toEqual({ apps: 2400, changes: 2400 });
  expect(changes).toBeGreaterThan(5);
  expect(await other.readSummary(appId)).toMatchObject({ summary: { failedDeviceCount: 1 + changes } });
  expect((await inspectStore(file)).faults).toEqual([]);
});
