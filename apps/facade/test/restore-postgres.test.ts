import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { restoreToPostgres } from "../src/restore-to-postgres.ts";
import { fillStatements, fillStore } from "../src/store/postgres/fill-store.ts";
import { inspectDatabase } from "../src/store/postgres/inspect-database.ts";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import { formatStoreLocation } from "../src/store/location.ts";
import { backupStore } from "../src/store/sqlite/backup-store.ts";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { locationOf, usePostgres } from "./postgres.ts";
import { runFacade, startServing } from "./programs.ts";
import { largeReport } from "./reports.ts";
import {
  addApps,
  appId,
  incrementing,
  openTenant,
  otherTenantId,
  request,
  sampleApp,
  tenantId,
} from "./samples.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";

const { signal } = new AbortController();
const by = { time: "2026-11-26T08:00:00.000Z", actor: "operator", requestId: "restore-1" };
const thirdTenantId = "00000000-0000-4000-8000-000000000003";

interface Files {
  /** The file of the store. */
  readonly file: string;
  /** The file of its backup. */
  readonly source: string;
}

/** Makes a store of two tenants and one that was erased, with its oldest changes removed, and a backup of it. */
async function makeBackup({ file, source }: Files): Promise<void> {
  const store = await openSqliteStore({ file });
  const ids = Array.from(
    { length: 2500 },
    (_, at) => `77777777-0000-4000-8000-${String(at).padStart(12, "0")}`,
  );
  await addApps(store, [sampleApp({ description: "a text 🍏", isFeatured: true })], otherTenantId);
  await addApps(
    store,
    ids.map((id, at) => sampleApp({ id, displayName: `App ${at}`, publisher: null })),
  );
  await addApps(store, [sampleApp()], thirdTenantId);
  await openTenant(store, { tenantId: thirdTenantId }).erase();
  const tenant = openTenant(store);
  await Promise.all(
    ids.slice(0, 300).map((id) => tenant.update(id, incrementing, { ...request, clientRequestId: "c" })),
  );
  await openTenant(store, { tenantId: otherTenantId }).update(appId, incrementing, request);
  await tenant.removeChanges("9999", 100);
  await backupStore({ file, target: source, replace: false, signal });
  await store.close();
}

describe("restore into PostgreSQL", () => {
  const { server, createDatabase } = usePostgres();
  const create = async () => locationOf(server().url(await createDatabase()));
  const shared = mkdtempSync(join(tmpdir(), "install-summary-"));
  const [file, source] = [join(shared, "store.db"), join(shared, "backup.db")];
  // A restore reads the backup and leaves it as it is, so all tests share it.
  beforeAll(() => makeBackup({ file, source }));
  afterAll(() => rmSync(shared, { recursive: true, force: true }));

  test("the database holds what the backup held, under higher versions, and goes on from there", async () => {
    const store = await openTestStore({ file });
    const location = await create();
    const scratch = temporaryFolder();
    const report = await restoreToPostgres({ location, scratch, source, by, signal });
    expect(report.backup).toMatchObject({ tenants: 2, apps: 2501, changes: 2702 });
    expect(readdirSync(scratch)).toEqual([]);
    expect(await inspectDatabase(location)).toMatchObject({
      tenants: 2,
      apps: 2501,
      changes: 5203,
      faults: [],
    });
    // The server knows the size of the tables, so that it reads pages by their index.
    const sizes = "SELECT relname FROM pg_class WHERE relname = 'mobile_app' AND reltuples >= 2501";
    expect(await server().query(sizes, [], location.database)).toHaveLength(1);

    const restored = await openPostgresStore({ location });
    onTestFinished(() => restored.close());
    for (const id of [tenantId, otherTenantId]) {
      const [from, to] = [openTenant(store, { tenantId: id }), openTenant(restored, { tenantId: id })];
      const [one, other] = await Promise.all(
        [from, to].map((each) => each.listApps({ top: 3000, count: true })),
      );
      const lifted = one?.apps.map((app) => ({
        ...app,
        etag: `W/"${Number(/\d+/.exec(app.etag)?.[0]) + 1_000_000}"`,
      }));
      expect(other?.apps).toEqual(lifted);
      const [logged, again] = await Promise.all(
        [from, to].map((each) => each.readChanges({ order: "asc", top: 10_000 })),
      );
      expect(again?.changes.slice(0, logged?.changes.length)).toEqual(logged?.changes);
      expect(again?.changes.slice(logged?.changes.length).every(({ origin }) => origin === "restore")).toBe(
        true,
      );
      expect(again?.olderRemoved).toBe(logged?.olderRemoved);
      const next = logged?.next ?? 0;
      expect((await to.readChanges({ order: "asc", top: 1, after: next })).hasGap).toBe(false);
      expect((await to.readChanges({ order: "asc", top: 1, after: next + 1 })).hasGap).toBe(true);
      expect((await to.readChanges({ order: "asc", top: 1, after: next + 1, appId })).hasGap).toBe(true);
    }
    const other = openTenant(restored, { tenantId: otherTenantId });
    expect(await other.update(appId, incrementing, request)).toMatchObject({
      current: { etag: 'W/"1000003"' },
    });
    for (const [tenant, version] of [
      [thirdTenantId, 1_000_002],
      ["00000000-0000-4000-8000-000000000009", 1_000_001],
    ] as const) {
      await addApps(restored, [sampleApp()], tenant);
      const found = await openTenant(restored, { tenantId: tenant }).readSummary(appId);
      expect(found?.etag).toBe(`W/"${version}"`);
    }
    expect((await inspectDatabase(location)).faults).toEqual([]);
  });

  test("a database that holds anything is refused and left as it is, and one that is stopped stays empty", async () => {
    const location = await create();
    const scratch = temporaryFolder();
    const stop = new AbortController();
    const stopped = restoreToPostgres({ location, scratch, source, by, signal: stop.signal });
    stop.abort(new Error("stopped"));
    await expect(stopped).rejects.toThrow("stopped");
    await restoreToPostgres({ location, scratch, source, by, signal });
    const before = await inspectDatabase(location);
    await expect(restoreToPostgres({ location, scratch, source, by, signal })).rejects.toMatchObject({
      exit: 2,
      message: `The database ${location.database} holds a store with apps or changes, and was left as it is. A backup is restored into an empty database: name one.`,
    });
    expect(await inspectDatabase(location)).toEqual(before);
    expect(readdirSync(scratch)).toEqual([]);
  });

  test("of two restores into one empty database one fills it, and the other one is refused at once", async () => {
    const location = await create();
    const scratch = temporaryFolder();
    const other = new Client(server().url(location.database));
    await other.connect();
    onTestFinished(() => other.end());
    await (await openPostgresStore({ location })).close();
    await other.query("BEGIN");
    await other.query(fillStatements.lock.text);
    const refusal = {
      exit: 2,
      message: `Another restore is filling the database ${location.database}. Nothing was restored; wait for it, or name another database.`,
    };
    await expect(restoreToPostgres({ location, scratch, source, by, signal })).rejects.toMatchObject(refusal);
    await expect(fillStore([], { location, isPooled: false, signal })).rejects.toMatchObject(refusal);
    await other.query("ROLLBACK");
    const results = await Promise.allSettled(
      [1, 2].map(() => restoreToPostgres({ location, scratch, source, by, signal })),
    );
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await inspectDatabase(location)).toMatchObject({ apps: 2501, faults: [] });
    expect(readdirSync(scratch)).toEqual([]);
  });

  test("a change log in a database that is not whole is told", async () => {
    const location = await create();
    expect(await inspectDatabase(location)).toMatchObject({ isOlder: true, apps: 0, faults: [] });
    await restoreToPostgres({ location, scratch: temporaryFolder(), source, by, signal });
    for (const statement of [
      "UPDATE install_summary SET failed_device_count = 7 WHERE tenant_id = $1",
      "DELETE FROM mobile_app WHERE tenant_id = $1",
    ])
      await server().query(statement, [otherTenantId], location.database);
    expect((await inspectDatabase(location)).faults).toEqual([
      `The summary of app ${appId} in tenant ${otherTenantId} has no app.`,
      expect.stringMatching(
        /^The summary of app .* has failedDeviceCount 7; the changes before come to \d+\.$/,
      ),
    ]);
  });

  test("the commands move a folder's store into a database, which serve then serves; backup names pg_dump", async () => {
    const folder = temporaryFolder();
    const report = largeReport(folder, 40);
    expect(await runFacade({ folder }, "import", report)).toMatchObject({ exit: 0 });
    expect(await runFacade({ folder }, "backup", "b.db")).toMatchObject({ exit: 0 });
    const url = server().url(await createDatabase());
    const shown = formatStoreLocation(locationOf(url));
    const place = { folder, env: { INSTALL_SUMMARY_STORE: url } };

    const restored = await runFacade(place, "restore", "b.db");
    expect(restored).toMatchObject({ exit: 0, stderr: "" });
    expect(restored.stdout).toContain(
      `The store ${shown} is restored from ${folder}/b.db: 1 tenant, 40 apps and 40 changes`,
    );
    const again = await runFacade(place, "restore", "b.db");
    expect(again).toMatchObject({ exit: 2, stdout: "" });
    expect(again.stderr).toContain("holds a store with apps or changes, and was left as it is.");

    const backup = await runFacade(place, "backup", "c.db");
    expect(backup).toEqual({
      exit: 2,
      stdout: "",
      stderr:
        "install-summary-facade: The store is in PostgreSQL, and backup copies a store in a file. Copy it with pg_dump:\n" +
        `  pg_dump --format=custom --file="${folder}/c.db" "${shown}"\n`,
    });
    const doctor = await runFacade(place, "doctor");
    expect(doctor.stdout).toMatch(/^ok {4}store .*; the 80 changes of the store come to its summaries$/m);
    for (const { stdout, stderr } of [restored, again, backup, doctor])
      expect(stdout + stderr).not.toContain(server().password);

    const serving = await startServing(place);
    const token = (await runFacade(place, "token")).stdout.trim();
    const path = "/beta/deviceAppManagement/mobileApps/00000000-0000-4000-8000-000000000001/installSummary";
    const found = await fetch(new URL(path, serving.url), { headers: { authorization: `Bearer ${token}` } });
    expect([found.status, found.headers.get("etag")]).toEqual([200, 'W/"1000001"']);
    expect(await serving.stop("SIGTERM")).toBe(0);
  });

  test("a store in a database that is not whole is told by doctor with exit code 7", async () => {
    const folder = temporaryFolder();
    const location = await create();
    await restoreToPostgres({ location, scratch: folder, source, by, signal });
    await server().query(
      "UPDATE install_summary SET version = version + 1 WHERE tenant_id = $1",
      [otherTenantId],
      location.database,
    );
    const env = { INSTALL_SUMMARY_STORE: server().url(location.database) };
    const { exit, stdout } = await runFacade({ folder, env }, "doctor");
    expect(exit).toBe(7);
    expect(stdout).toContain(
      `The store in the database ${location.database} is not whole. Restore it from a backup.`,
    );
    expect(stdout).toMatch(/The summary of app \S+ in tenant \S+ has version 1000003 by change/);
  });
});
