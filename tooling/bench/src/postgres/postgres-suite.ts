import { decidePatch } from "@install-summary/core";
import { openStore, parseStoreLocation, type ImportingTenantStore } from "@install-summary/facade/store";
import { startPostgres, whyNoPostgres } from "@tooling/postgres";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Case, Suite, SuiteOptions } from "../judging/measurement.ts";
import { startLoad, type LoadGenerator } from "../processes/load-generator.ts";
import { startFacade, type FacadeServer } from "../processes/servers.ts";
import { appIdOf, appOf } from "../sample/apps.ts";
import { examplePatch, summary as exampleSummary } from "../sample/example.ts";
import { writeReportFile } from "../sample/write-report-file.ts";
import { benchTenant, numbersFrom } from "../store/fill-store.ts";
import { changeScript, numberTable, pgbenchTenant } from "./change-script.ts";
import { measureFacades } from "./measure-facades.ts";
import { measureWriters } from "./measure-writers.ts";
import { measurePgbench, whyNoPgbench } from "./pgbench.ts";

const apps = 1000;
const writers = 32;
const target = "changes in PostgreSQL, 32 at once, over pgbench";

/** A store in PostgreSQL against pgbench, and PATCH through several facades that share it. */
export async function openPostgresSuite({ isFull, isShort }: SuiteOptions): Promise<Suite> {
  const missing = whyNoPostgres() ?? whyNoPgbench;
  if (missing !== undefined) {
    return {
      rounds: 1,
      cases: [],
      targets: [],
      future: [{ target, needs: missing }],
      close: async () => undefined,
    };
  }
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "install-summary-bench-"));
  opened.defer(() => rm(folder, { recursive: true }));
  const server = opened.use(await startPostgres());
  const database = await server.createDatabase();
  const url = server.url(database);
  const location = parseStoreLocation(url, "/");
  if (location === undefined) throw new Error("The server of the bench has no URL.");
  const store = opened.adopt(await openStore({ store: location, limits: { writes: 1000 } }), (one) =>
    one.close(),
  );
  const openTenant = (tenant: string): ImportingTenantStore =>
    store.open({ tenantId: tenant, actor: "bench", origin: "api" });
  for (const tenant of [benchTenant, pgbenchTenant]) await fill(openTenant(tenant));
  await server.query(numberTable, [], database);
  const numbers = numbersFrom(0, apps);
  await server.query(
    "INSERT INTO bench_app SELECT * FROM unnest($1::integer[], $2::text[])",
    [numbers, numbers.map(appIdOf)],
    database,
  );
  await server.query("ANALYZE", [], database);

  const milliseconds = isShort ? 50 : 3000;
  const tenant = openTenant(benchTenant);
  // No change makes a counter what it is from the start.
  let next = examplePatch.failedDeviceCount ?? 0;
  const change = async (): Promise<boolean> => {
    next += 1;
    const patch = { failedDeviceCount: next };
    const id = appIdOf((next * 7919) % apps);
    const result = await tenant.update(id, (current) => decidePatch(current, patch), { requestId: "bench" });
    return result?.decision.kind === "changed";
  };
  const atOnce = (connections: number): Case => ({
    case: `changes, ${connections} at once`,
    connections,
    variants: [
      { variant: "store", role: "ours", measure: () => measureWriters(connections, milliseconds, change) },
      {
        variant: "pgbench",
        role: "limit",
        measure: () =>
          measurePgbench({ url, script: changeScript(apps), connections, seconds: isShort ? 1 : 3 }),
      },
    ],
  });

  const counts = isFull ? [1, 2, 3, 4] : isShort ? [1, 2] : [1, 2, 4];
  const report = join(folder, "report.csv");
  await writeReportFile(report, { apps });
  const facades: FacadeServer[] = [];
  const loads: LoadGenerator[] = [];
  for (const number of numbersFrom(1, Math.max(...counts))) {
    const options = { store: url, ...(number === 1 && { report }) };
    facades.push(
      opened.adopt(await startFacade(join(folder, `facade-${number}`), options), (one) => one.close()),
    );
    loads.push(opened.adopt(startLoad(), (one) => one.close()));
  }
  const patching: Case = {
    case: "PATCH, 32, by facades",
    connections: writers,
    variants: counts.map((count) => ({
      variant: count === 1 ? "1 facade" : `${count} facades`,
      role: "ours",
      measure: () =>
        measureFacades(facades.slice(0, count), loads, { apps, connections: writers, milliseconds }),
    })),
  };
  const closing = opened.move();
  return {
    rounds: 5,
    cases: [...(isFull ? [1, 8, writers] : [writers]).map(atOnce), patching],
    targets: [
      {
        target,
        case: `changes, ${writers} at once`,
        metric: "p50Us",
        ours: "store",
        over: "pgbench",
        wanted: "at least",
        goal: 4,
        floor: 2,
      },
    ],
    close: () => closing.disposeAsync(),
  };
}

async function fill(tenant: ImportingTenantStore): Promise<void> {
  const rows = numbersFrom(0, apps).map((number) => {
    const app = appOf(number);
    const summary = { ...exampleSummary, ...examplePatch, id: app.id };
    return { appId: app.id, decide: () => ({ kind: "created", app, summary }) as const };
  });
  await tenant.importApps(rows, { requestId: "bench" });
}
