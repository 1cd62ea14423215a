import { createReadStream } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { shuttingDown } from "@install-summary/core/service";
import { importReport, type ImportOptions } from "../src/import/import-report.ts";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import { locationOf, usePostgres } from "./postgres.ts";
import { largeReport } from "./reports.ts";
import { openTenant, tenantId } from "./samples.ts";
import { temporaryFolder } from "./stores.ts";

const apps = 3000;

describe("an import into PostgreSQL", () => {
  const { server, createDatabase } = usePostgres({ settings: { fsync: "off", autovacuum: "off" } });

  async function openDesk() {
    const database = await createDatabase();
    const store = await openPostgresStore({ location: locationOf(server().url(database)) });
    onTestFinished(() => store.close());
    const folder = temporaryFolder();
    const report = largeReport(folder, apps);
    const limits = { importRows: apps, importBytes: 2 ** 30 };
    const run = (options: Partial<ImportOptions> = {}) =>
      importReport(store, createReadStream(report), {
        tenantId,
        actor: "ada",
        scratch: folder,
        limits,
        ...options,
      });
    return { database, store, tenant: openTenant(store), run };
  }

  test("is stopped between two batches, goes on, and writes nothing when it is run once more", async () => {
    const { tenant, run } = await openDesk();
    const stop = new AbortController();
    const stopping = run({ stop: stop.signal, onApplied: async () => stop.abort(shuttingDown()) });
    await expect(stopping).rejects.toMatchObject({
      message:
        "The service is shutting down. 250 of 3,000 rows are in; import the same report again to go on.",
    });
    const dry = { created: apps - 250, changed: 0, unchanged: 250, rejected: 0 };
    expect(await run({ dryRun: true })).toMatchObject(dry);
    expect(await run()).toMatchObject(dry);
    const last = await tenant.readLastSequence();
    expect(last).toBe(apps);
    expect(await run()).toMatchObject({ created: 0, changed: 0, unchanged: apps, rejected: 0 });
    expect(await tenant.readLastSequence()).toBe(last);
    expect(await tenant.measure()).toEqual({ apps, changes: apps });
  });

  test("leaves tables whose size the server knows, so that it reads pages by their index", async () => {
    const { database, store, run } = await openDesk();
    await run();
    await store.close();
    const rows = await server().query(
      "SELECT relname FROM pg_class WHERE relname IN ('mobile_app', 'install_summary') AND reltuples >= 1000",
      [],
      database,
    );
    expect(rows).toHaveLength(2);
  });
});
