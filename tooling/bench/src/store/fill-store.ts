import { decidePatch, type InstallSummaryPatch } from "@install-summary/core";
import { openStore, type ImportingStore, type ImportingTenantStore } from "@install-summary/facade/store";
import { DatabaseSync } from "node:sqlite";
import { appIdOf, appOf } from "../sample/apps.ts";
import { examplePatch, summary as exampleSummary } from "../sample/example.ts";
import { fillTables, spread } from "./fill-tables.ts";

/** A store of the product with sample apps. */
export interface FilledStore {
  readonly tenant: ImportingTenantStore;
  readonly apps: number;
  /** How many changes its log had when it was filled. */
  readonly changes: number;
  close(): Promise<void>;
}

/** How a store is filled. */
export interface FillOptions {
  readonly apps: number;
  /** How many changes its log has: at least one for each app. */
  readonly changes: number;
  readonly tenantId?: string;
}

/** The tenant of the stores that are filled. */
export const benchTenant = "00000000-0000-4000-8000-000000000001";

const session = {
  tenantId: benchTenant,
  actor: "00000000-0000-4000-8000-000000000002",
  origin: "api",
} as const;
const request = { requestId: "0b3ee4a4-6a67-4b0e-8c0d-1f4f1f0f6f5a" };

/** The maximum number of changes that are made at once. */
const maxChanges = 5000;

/**
 * Makes a store with sample apps and a log of changes, and opens it. The first app comes in as any app does; the others
 * are written into the tables as it was, in seconds where an import would take minutes.
 */
export async function fillStore(
  file: string,
  { apps, changes, tenantId = session.tenantId }: FillOptions,
): Promise<FilledStore> {
  const store = { kind: "sqlite", file } as const;
  return fillFrom(
    (limits) => openStore({ store, limits }),
    { apps, changes, tenantId },
    async () => {
      // A defensive database insists on a journal, which makes filling twice as long.
      using database = new DatabaseSync(file, { defensive: false });
      fillTables(database, { apps, changes });
    },
  );
}

/** Makes a store with its first app, has the rows of the others made of it, and opens the store. */
export async function fillFrom(
  open: (limits: { readonly writes: number }) => Promise<ImportingStore>,
  { apps, changes, tenantId = session.tenantId }: FillOptions,
  copyRows: () => Promise<void>,
): Promise<FilledStore> {
  const limits = { writes: maxChanges };
  const empty = await open(limits);
  const app = appOf(0);
  const summary = { ...exampleSummary, ...examplePatch, id: app.id };
  const decide = () => ({ kind: "created", app, summary }) as const;
  await empty.open({ ...session, tenantId }).importApps([{ appId: app.id, decide }], request);
  await empty.close();
  await copyRows();
  const store = await open(limits);
  return { tenant: store.open({ ...session, tenantId }), apps, changes, close: () => store.close() };
}

/** Changes one counter of an app for each number, which becomes its value. Gives how many were not changed. */
export async function changeAll(
  tenant: ImportingTenantStore,
  numbers: readonly number[],
  apps: number,
): Promise<number> {
  const results = await Promise.all(
    numbers.map((number) => {
      const patch: InstallSummaryPatch = { failedDeviceCount: number };
      return tenant.update(spreadId(number, apps), (current) => decidePatch(current, patch), request);
    }),
  );
  return results.filter((result) => result?.decision.kind !== "changed").length;
}

/** The id of an app; neighbouring numbers are far apart in the store. */
export function spreadId(number: number, apps: number): string {
  return appIdOf((number * spread) % apps);
}

/** So many numbers in a row. */
export function numbersFrom(start: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => start + at);
}
