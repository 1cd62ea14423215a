import { formatETag } from "@install-summary/core";
import { copyFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, StatementSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { deleteQueries } from "../src/store/sqlite/delete-statements.ts";
import { initialise } from "../src/store/sqlite/migrate.ts";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { addWanted } from "../src/store/sqlite/wanted.ts";
import { changeQueries } from "../src/store/sqlite/change-queries.ts";
import { queries } from "../src/store/sqlite/read-statements.ts";
import type { SqlText } from "../src/store/sql/sql-text.ts";
import { countSql, pageSql } from "../src/store/sqlite/list-apps.ts";
import {
  addApps,
  appId,
  incrementing,
  openTenant,
  otherTenantId,
  patching,
  request,
  sampleApp,
  sampleSummary,
  session,
  tenantId,
} from "./samples.ts";
import { testStore } from "./store-conformance.ts";
import { expectWholeLog, openTestStore, readLog, temporaryFolder } from "./stores.ts";

testStore({
  name: "SQLite",
  create() {
    const file = join(temporaryFolder(), "store.db");
    return () => openSqliteStore({ file });
  },
});

test("the log holds who changed what, by which request, and only the counters that changed", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  await openTenant(store, { actor: "grace", origin: "editor" }).update(
    appId,
    patching({ failedDeviceCount: 8, installedDeviceCount: 4 }),
    { requestId: "request-2", clientRequestId: "client-2" },
  );
  const { id: _, ...counters } = sampleSummary();
  expect(readLog(file)).toEqual([
    {
      actor: session.actor,
      origin: "import",
      requestId: request.requestId,
      sequence: 1,
      previousSequence: null,
      appId,
      version: 1,
      before: {},
      after: counters,
    },
    {
      actor: "grace",
      origin: "editor",
      requestId: "request-2",
      clientRequestId: "client-2",
      sequence: 2,
      previousSequence: 1,
      appId,
      version: 2,
      before: { failedDeviceCount: 1 },
      after: { failedDeviceCount: 8 },
    },
  ]);
});

test("two stores on one file lose no change", async () => {
  const file = join(temporaryFolder(), "store.db");
  const stores = [await openTestStore({ file }), await openTestStore({ file })];
  await addApps(await openTestStore({ file }), [sampleApp()]);
  const tenants = stores.map((store) => openTenant(store));
  await Promise.all(
    tenants.map(async (tenant) => {
      for (let round = 0; round < 25; round += 1) {
        await Promise.all([1, 2, 3].map(() => tenant.update(appId, incrementing, request)));
      }
    }),
  );
  expect((await tenants[0]?.readSummary(appId))?.summary.failedDeviceCount).toBe(151);
  await expectWholeLog(file);
});

test("each tenant counts its own changes", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  await addApps(store, [sampleApp()], otherTenantId);
  await Promise.all([
    openTenant(store).update(appId, incrementing, request),
    openTenant(store, { tenantId: otherTenantId }).update(appId, incrementing, request),
    openTenant(store).update(appId, incrementing, request),
  ]);
  expect(readLog(file).map((change) => change.sequence)).toEqual([1, 2, 3]);
  expect(readLog(file, otherTenantId).map((change) => change.sequence)).toEqual([1, 2]);
});

test("a statement that fails takes its whole group with it, and the next one works", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  const tenant = openTenant(store);
  const outOfRange = { ...sampleSummary(), failedUserCount: -1 };
  const results = await Promise.allSettled([
    tenant.update(appId, incrementing, request),
    tenant.update(appId, () => ({ kind: "changed", summary: outOfRange }), request),
  ]);
  expect(results.map((result) => result.status)).toEqual(["rejected", "rejected"]);
  expect(await tenant.readSummary(appId)).toMatchObject({ etag: formatETag(1) });
  expect(await tenant.update(appId, incrementing, request)).toMatchObject({
    current: { etag: formatETag(2) },
  });
  await expectWholeLog(file);
});

test("ten changes of two apps in a group cost ten log rows, two updates and a handful around them", async () => {
  const store = await openTestStore();
  const second = "11111111-1111-4111-8111-111111111111";
  await addApps(store, [sampleApp(), sampleApp({ id: second })]);
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
  const tenant = openTenant(store);
  await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      tenant.update(index % 2 === 0 ? appId : second, incrementing, request),
    ),
  );
  const counts: Record<string, number> = {};
  for (const statement of statements) counts[statement] = (counts[statement] ?? 0) + 1;
  expect(counts).toEqual({
    // Whether the log was cut.
    "PRAGMA wal_checkpoint(NOOP)": 1,
    "BEGIN IMMEDIATE": 1,
    "SELECT last, removed,": 1,
    "SELECT s.installed_device_count AS": 2,
    "INSERT INTO install_summary_change": 10,
    "UPDATE install_summary SET": 2,
    "INSERT INTO change_feed": 1,
    COMMIT: 1,
  });
});

test("when too many changes of someone wait the next one is refused, and later ones go through", async () => {
  const store = await openTestStore({ maxWaiting: 4 });
  await addApps(store, [sampleApp()]);
  const tenant = openTenant(store);
  const results = await Promise.allSettled([1, 2, 3].map(() => tenant.update(appId, incrementing, request)));
  expect(results.map((result) => result.status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
  expect(results[2]).toMatchObject({ reason: { code: "ServiceUnavailable", status: 503, retryAfter: 1 } });
  expect(await tenant.update(appId, incrementing, request)).toMatchObject({
    current: { etag: formatETag(4) },
  });
});

test("a store closes while another program writes: a change that waits for it is a 503 that says so", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openSqliteStore({ file });
  await addApps(store, [sampleApp()]);
  using other = new DatabaseSync(file);
  other.exec("BEGIN IMMEDIATE");
  const changing = Promise.allSettled([openTenant(store).update(appId, incrementing, request)]);
  await new Promise(setImmediate);
  await store.close();
  expect(await changing).toMatchObject([
    { reason: { status: 503, message: "The service is shutting down." } },
  ]);
});

test("reads go on while another process writes, and a change waits until it has done", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  const tenant = openTenant(store);
  using other = new DatabaseSync(file);
  other.exec("BEGIN IMMEDIATE");
  other.exec("UPDATE install_summary SET failed_device_count = 20");
  let written = false;
  const update = tenant.update(appId, incrementing, request).finally(() => {
    written = true;
  });
  expect((await tenant.readSummary(appId))?.summary.failedDeviceCount).toBe(1);
  expect((await tenant.listApps({ top: 10 })).apps).toHaveLength(1);
  await store.check();
  expect(written).toBe(false);
  other.exec("COMMIT");
  expect((await update)?.current.summary.failedDeviceCount).toBe(21);
});

test("only its owner can read the store's files", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  for (const suffix of ["", "-wal", "-shm"]) expect(statSync(file + suffix).mode & 0o777).toBe(0o600);
});

test("a store of schema 1 is migrated with all it holds, and its next change has a client-request-id", async () => {
  const file = join(temporaryFolder(), "store.db");
  copyFileSync(fileURLToPath(new URL("fixtures/store-schema-1.db", import.meta.url)), file);
  const store = await openTestStore({ file });
  const tenant = openTenant(store);
  expect(await tenant.readApp(appId)).toEqual({
    app: sampleApp(),
    summary: sampleSummary({ failedDeviceCount: 3 }),
    etag: formatETag(3),
  });
  expect((await tenant.listApps({ top: 10, count: true })).count).toBe(2);
  const ids = { requestId: "request-4", clientRequestId: "client-4" };
  expect(await tenant.update(appId, incrementing, ids)).toMatchObject({ current: { etag: formatETag(4) } });
  const changes = readLog(file);
  expect(changes.map(({ version, actor }) => [version, actor])).toEqual([
    [1, "ada"],
    [1, "ada"],
    [2, "ada"],
    [3, "grace@contoso.com"],
    [4, "ada"],
  ]);
  expect(changes.map(({ clientRequestId }) => clientRequestId)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    "client-4",
  ]);
  await expectWholeLog(file);
  await expectWholeLog(file, otherTenantId);
});

test("a store of schema 2 is migrated with all it holds, also where an app is there no more", async () => {
  const file = join(temporaryFolder(), "store.db");
  copyFileSync(fileURLToPath(new URL("fixtures/store-schema-2.db", import.meta.url)), file);
  using database = new DatabaseSync(file);
  database.exec(`DELETE FROM mobile_app WHERE tenant_id = '${otherTenantId}';
    DELETE FROM install_summary WHERE tenant_id = '${otherTenantId}'`);
  database.close();
  const store = await openTestStore({ file });
  const tenant = openTenant(store);
  expect(await tenant.readApp(appId)).toEqual({
    app: sampleApp(),
    summary: sampleSummary({ failedDeviceCount: 4 }),
    etag: formatETag(4),
  });
  expect(await tenant.update(appId, incrementing, request)).toMatchObject({
    current: { etag: formatETag(5) },
  });
  expect(readLog(file).map(({ version, clientRequestId }) => [version, clientRequestId])).toEqual([
    [1, undefined],
    [1, undefined],
    [2, undefined],
    [3, undefined],
    [4, "client-4"],
    [5, undefined],
  ]);
  await addApps(store, [sampleApp()], otherTenantId);
  expect(await openTenant(store, { tenantId: otherTenantId }).readSummary(appId)).toMatchObject({
    etag: formatETag(2),
  });
  await expectWholeLog(file);
  await expectWholeLog(file, otherTenantId);
});

test("pages and point reads go by their indexes and sort nothing", () => {
  using database = new DatabaseSync(join(temporaryFolder(), "plans.db"));
  addWanted(database);
  initialise(database);
  const plan = (sql: string, values: number): string =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...Array.from({ length: values }, () => 1))
      .map((row) => String(row["detail"]))
      .join("; ");
  const planOf = ({ sql, values }: SqlText): string => plan(sql, values.length);
  const bySummary = "SEARCH s USING PRIMARY KEY (tenant_id=? AND app_id=?)";
  const byName = `SEARCH m USING INDEX mobile_app_by_name (tenant_id=? AND (name_key,id)>(?,?)); ${bySummary}`;
  expect(plan(queries.readSummary, 2)).toBe(bySummary);
  expect(plan(queries.readApp, 2)).toBe(`SEARCH m USING PRIMARY KEY (tenant_id=? AND id=?); ${bySummary}`);
  const cursor = '["outlook","id"]';
  expect(planOf(pageSql(tenantId, { top: 1, cursor }))).toBe(byName);
  expect(planOf(countSql(tenantId, { top: 1 }))).toBe(
    "SEARCH m USING COVERING INDEX mobile_app_by_name (tenant_id=?)",
  );
  expect(plan(queries.readErasedFeed, 1)).toBe("SEARCH erased_tenant USING PRIMARY KEY (digest=?)");
  const byFeed = "SCALAR SUBQUERY 1; SEARCH change_feed USING PRIMARY KEY (tenant_id=?)";
  const ofLog = "SEARCH install_summary_change USING PRIMARY KEY";
  expect(plan(queries.readOldestTime, 1)).toBe(`${ofLog} (tenant_id=? AND sequence>?); ${byFeed}`);
  expect(plan(deleteQueries.readOldest, 2)).toBe(`${ofLog} (tenant_id=? AND sequence>?); ${byFeed}`);
  expect(plan(deleteQueries.readApps, 2)).toBe("SEARCH mobile_app USING PRIMARY KEY (tenant_id=?)");
  expect(plan(deleteQueries.deleteChanges, 2)).toBe(`${ofLog} (tenant_id=? AND sequence<?)`);
  const ofName = /; SEARCH m USING PRIMARY KEY \(tenant_id=\? AND id=\?\)(?: LEFT-JOIN)?$/;
  for (const sql of [changeQueries.asc, changeQueries.desc]) {
    expect(plan(sql, 8)).toMatch(
      /^SEARCH c USING PRIMARY KEY \(tenant_id=\? AND sequence>\? AND sequence<\?\); /,
    );
    expect(plan(sql, 8)).toMatch(ofName);
  }
  for (const sql of [changeQueries.first, changeQueries.last]) {
    expect(plan(sql, 3)).toBe(`${ofLog} (tenant_id=? AND sequence>? AND sequence<?)`);
  }
  expect(plan(changeQueries.one, 2)).toMatch(
    /^SEARCH c USING PRIMARY KEY \(tenant_id=\? AND sequence=\?\); /,
  );
});
