import { UserError } from "@install-summary/command-line/errors";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ImportingStore } from "@install-summary/core/service";
import { describePostgresStore } from "../src/store/postgres/describe-store.ts";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import type { PostgresLocation } from "../src/store/postgres-location.ts";
import { locationOf, usePostgres } from "./postgres.ts";
import { addApps, appId, incrementing, openTenant, request, sampleApp } from "./samples.ts";

const unavailable = { status: 503, code: "ServiceUnavailable" };

describe("a database that others have changed", () => {
  const { server, createDatabase } = usePostgres({ settings: { fsync: "off" } });

  async function open(database: string, as: Partial<PostgresLocation> = {}): Promise<ImportingStore> {
    const store = await openPostgresStore({ location: { ...locationOf(server().url(database)), ...as } });
    onTestFinished(() => store.close());
    return store;
  }

  /** A role that owns nothing and may do what a facade does. */
  async function createRole(
    database: string,
  ): Promise<{ readonly user: string; readonly password: () => string }> {
    const user = `service_${database}`;
    await server().query(`CREATE ROLE ${user} LOGIN PASSWORD 'service'`);
    onTestFinished(async () => {
      await server().query(`DROP OWNED BY ${user}`, [], database);
      await server().query(`DROP ROLE ${user}`);
    });
    await server().query(
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${user}`,
      [],
      database,
    );
    return { user, password: () => "service" };
  }

  test.each([
    ["UPDATE", "install_summary"],
    ["SELECT", "install_summary"],
    ["SELECT", "mobile_app"],
    ["INSERT", "install_summary_change"],
    ["UPDATE", "change_feed"],
    ["SELECT", "erased_tenant"],
    ["UPDATE", "install_summary_store"],
  ])("without the right to %s of %s a store is not ready, and doctor says so", async (right, table) => {
    const database = await createDatabase();
    await addApps(await open(database), [sampleApp()]);
    const role = await createRole(database);
    const store = await open(database, role);
    const location = { ...locationOf(server().url(database)), ...role };
    await store.check();
    expect(await describePostgresStore(location, false)).toContain("a store of this version");
    await server().query(`REVOKE ${right} ON ${table} FROM ${role.user}`, [], database);
    const other = await open(database, role);
    await expect(other.check()).rejects.toMatchObject(unavailable);
    const refused = describePostgresStore(location, false);
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(`permission denied for table ${table}. Grant the right`);
    await server().query(`GRANT ${right} ON ${table} TO ${role.user}`, [], database);
    await other.check();
    expect(await openTenant(other).update(appId, incrementing, request)).toBeDefined();
  });

  test.each([
    "DROP TABLE install_summary_change",
    "ALTER TABLE install_summary DROP COLUMN version",
    "ALTER TABLE mobile_app RENAME COLUMN owner TO proprietor",
  ])("after %s a store is not ready, whatever was committed before", async (statement) => {
    const database = await createDatabase();
    const store = await open(database);
    await addApps(store, [sampleApp()]);
    await store.check();
    await server().query(statement, [], database);
    await expect(store.check()).rejects.toMatchObject(unavailable);
  });

  test("a database that only reads from now on is not ready, whatever was committed before", async () => {
    const database = await createDatabase();
    const store = await open(database);
    await addApps(store, [sampleApp()]);
    await store.check();
    await server().query(`ALTER DATABASE ${database} SET default_transaction_read_only = on`);
    await server().query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [
      database,
    ]);
    await expect(store.check()).rejects.toMatchObject(unavailable);
  });

  test.each([
    ["failed_device_count", "-5"],
    ["version", "9007199254740993"],
    ["version", "0"],
  ])("an app whose %s is %s is a 503 in every way of reading it", async (column, value) => {
    const database = await createDatabase();
    const store = await open(database);
    await addApps(store, [sampleApp()]);
    const check = `install_summary_${column}_check`;
    await server().query(`ALTER TABLE install_summary DROP CONSTRAINT ${check}`, [], database);
    await server().query(`UPDATE install_summary SET ${column} = ${value}`, [], database);
    const tenant = openTenant(store);
    const damaged = { ...unavailable, message: expect.stringContaining("changed by another program") };
    await expect(tenant.readApp(appId)).rejects.toMatchObject(damaged);
    await expect(tenant.readSummary(appId)).rejects.toMatchObject(damaged);
    await expect(tenant.readApps([appId])).rejects.toMatchObject(damaged);
    await expect(tenant.update(appId, incrementing, request)).rejects.toMatchObject(damaged);
  });

  test("a setting by which NULL in an array is a text changes nothing that is stored", async () => {
    const database = await createDatabase();
    await server().query(`ALTER DATABASE ${database} SET array_nulls = off`);
    const store = await open(database);
    await addApps(store, [sampleApp({ owner: null })]);
    const renamed = sampleApp({ owner: null, displayName: "Renamed" });
    const tenant = openTenant(store, { origin: "import" });
    await tenant.importApps([{ appId, decide: () => ({ kind: "changed", app: renamed }) }], request);
    expect((await tenant.readApp(appId))?.app).toEqual(renamed);
  });
});
