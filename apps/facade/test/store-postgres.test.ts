import { formatETag } from "@install-summary/core";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ImportingStore } from "@install-summary/core/service";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import { locationOf, usePostgres } from "./postgres.ts";
import { testStore } from "./store-conformance.ts";
import { appId, incrementing, request, sampleApp, sampleSummary, session } from "./samples.ts";

describe("PostgreSQL", () => {
  const { server, createDatabase, createOpener } = usePostgres({ settings: { fsync: "off" } });

  testStore({ name: "PostgreSQL", create: createOpener });

  const open = async (database: string): Promise<ImportingStore> => {
    const store = await openPostgresStore({ location: locationOf(server().url(database)) });
    onTestFinished(() => store.close());
    return store;
  };

  test("an app that is imported is changed and read back", async () => {
    const tenant = (await open(await createDatabase())).open(session);
    expect(await tenant.readSummary(appId)).toBeUndefined();
    expect(await tenant.update(appId, incrementing, request)).toBeUndefined();
    await tenant.importApps(
      [{ appId, decide: () => ({ kind: "created", app: sampleApp(), summary: sampleSummary() }) }],
      request,
    );
    await Promise.all(Array.from({ length: 100 }, () => tenant.update(appId, incrementing, request)));
    expect(await tenant.readSummary(appId)).toEqual({
      summary: sampleSummary({ failedDeviceCount: 101 }),
      etag: formatETag(101),
    });
  });

  test("an erased tenant that comes again goes on above what it had", async () => {
    const tenant = (await open(await createDatabase())).open(session);
    const created = { kind: "created", app: sampleApp(), summary: sampleSummary() } as const;
    await tenant.importApps([{ appId, decide: () => created }], request);
    await tenant.update(appId, incrementing, request);
    expect(await tenant.measure()).toEqual({ apps: 1, changes: 2 });
    expect(await tenant.removeChanges("9999", 1)).toBe(1);
    expect(await tenant.erase()).toEqual({ apps: 1, changes: 1 });
    expect(await tenant.erase()).toEqual({ apps: 0, changes: 0 });
    expect(await tenant.readSummary(appId)).toBeUndefined();
    await tenant.importApps([{ appId, decide: () => created }], request);
    expect(await tenant.readSummary(appId)).toMatchObject({ etag: formatETag(3) });
  });

  test("three stores on one database lose no change", async () => {
    const database = await createDatabase();
    const stores = await Promise.all([open(database), open(database), open(database)]);
    const tenants = stores.map((store) => store.open(session));
    await tenants[0]?.importApps(
      [{ appId, decide: () => ({ kind: "created", app: sampleApp(), summary: sampleSummary() }) }],
      request,
    );
    await Promise.all(
      tenants.map(async (tenant) => {
        for (let round = 0; round < 25; round += 1)
          await Promise.all([1, 2, 3].map(() => tenant.update(appId, incrementing, request)));
      }),
    );
    expect(await tenants[1]?.readSummary(appId)).toMatchObject({
      summary: { failedDeviceCount: 1 + 225 },
      etag: formatETag(226),
    });
    const log = await server().query(
      "SELECT sequence, previous_sequence, version FROM install_summary_change ORDER BY sequence",
      [],
      database,
    );
    expect(log.map(({ version }) => Number(version))).toEqual(Array.from({ length: 226 }, (_, at) => at + 1));
    expect(log.map(({ previous_sequence: previous }) => previous)).toEqual([
      null,
      ...log.slice(0, -1).map(({ sequence }) => sequence),
    ]);
  });
});
