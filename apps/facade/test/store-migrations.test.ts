import { formatETag } from "@install-summary/core";
import { copyFileSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findCopies, keepCopy } from "../src/store/sqlite/keep-copy.ts";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import {
  addApps,
  appId,
  incrementing,
  openTenant,
  otherTenantId,
  request,
  sampleApp,
  sampleSummary,
} from "./samples.ts";
import { expectWholeLog, openTestStore, readLog, temporaryFolder } from "./stores.ts";

const tables = ["mobile_app", "install_summary", "install_summary_change", "change_feed"];

function putFixture(schema: number, folder = temporaryFolder()): string {
  const file = join(folder, "store.db");
  copyFileSync(fileURLToPath(new URL(`fixtures/store-schema-${schema}.db`, import.meta.url)), file);
  return file;
}

function readRows(file: string): unknown {
  using database = new DatabaseSync(file, { readOnly: true });
  const { user_version: schema } = database.prepare("PRAGMA user_version").get() ?? {};
  return [schema, ...tables.map((table) => database.prepare(`SELECT * FROM ${table}`).all())];
}

test("a store of schema 3 is migrated with all it holds, and an app that was erased comes again above its versions", async () => {
  const file = putFixture(3);
  const store = await openTestStore({ file });
  const tenant = openTenant(store);
  expect(await tenant.readApp(appId)).toEqual({
    app: sampleApp(),
    summary: sampleSummary({ failedDeviceCount: 3 }),
    etag: formatETag(3),
  });
  expect(await tenant.update(appId, incrementing, request)).toMatchObject({
    current: { etag: formatETag(4) },
  });
  expect(readLog(file).map(({ version, clientRequestId }) => [version, clientRequestId])).toEqual([
    [1, undefined],
    [1, undefined],
    [2, undefined],
    [3, "client-3"],
    [4, undefined],
  ]);
  expect(await tenant.readChanges({ order: "asc", top: 1 })).toMatchObject({ olderRemoved: false });
  await addApps(store, [sampleApp()], otherTenantId);
  expect(await openTenant(store, { tenantId: otherTenantId }).readSummary(appId)).toMatchObject({
    etag: formatETag(3),
  });
  await expectWholeLog(file);
  await expectWholeLog(file, otherTenantId);
});

test.each([1, 2, 3])("a store of schema %i is kept as it was, beside the migrated one", async (schema) => {
  const file = putFixture(schema);
  const before = readRows(file);
  await (await openSqliteStore({ file })).close();
  const copy = `${file}.schema-${schema}`;
  expect(readdirSync(join(file, "..")).toSorted()).toEqual(["store.db", `store.db.schema-${schema}`]);
  expect(readRows(copy)).toEqual(before);
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  // It is a store like the other, and can take its place.
  const store = await openTestStore({ file: copy });
  expect(await openTenant(store).isEmpty()).toBe(false);
});

test("a store that is opened again, and one that is new, keep no copy", async () => {
  const file = join(temporaryFolder(), "store.db");
  await (await openSqliteStore({ file })).close();
  await (await openSqliteStore({ file })).close();
  expect(readdirSync(join(file, ".."))).toEqual(["store.db"]);
});

test("many that open a store of schema 3 at once migrate it once, and the copy is of schema 3", async () => {
  const file = putFixture(3);
  const before = readRows(file);
  await Promise.all(Array.from({ length: 4 }, () => openTestStore({ file })));
  expect(readRows(`${file}.schema-3`)).toEqual(before);
});

test("what a process leaves of a copy when it is killed is found among the copies", () => {
  const file = putFixture(3);
  using database = new DatabaseSync(file);
  const found: (readonly string[])[] = [];
  const watched = new Proxy(database, {
    get(target, name) {
      if (name === "prepare") found.push(findCopies(file));
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  keepCopy(watched, file, 3);
  expect(found).toEqual([[expect.stringContaining(`${file}.schema-3.`)]]);
  expect(findCopies(file)).toEqual([`${file}.schema-3`]);
});

test("a store is left as it is where its copy cannot be kept", async () => {
  const file = putFixture(3);
  const before = readRows(file);
  mkdirSync(`${file}.schema-3`);
  await expect(openSqliteStore({ file })).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringContaining(`The store ${file} cannot be used:`),
  });
  const names = readdirSync(join(file, "..")).filter((name) => !/-(?:wal|shm)$/.test(name));
  expect(names.toSorted()).toEqual(["store.db", "store.db.schema-3"]);
  expect(readRows(file)).toEqual(before);
});
