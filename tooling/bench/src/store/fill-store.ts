import { decidePatch, type InstallSummaryPatch } from "@install-summary/core";
import { openStore, type ImportingTenantStore } from "@install-summary/facade/store";
import { appIdOf, appOf } from "../sample/apps.ts";
import { examplePatch, summary as exampleSummary } from "../sample/example.ts";

/** A store of the product with sample apps. */
export interface FilledStore {
  readonly tenant: ImportingTenantStore;
  readonly apps: number;
  close(): Promise<void>;
}

const session = {
  tenantId: "00000000-0000-4000-8000-000000000001",
  actor: "00000000-0000-4000-8000-000000000002",
  origin: "api",
} as const;
const request = { requestId: "0b3ee4a4-6a67-4b0e-8c0d-1f4f1f0f6f5a" };
const batchLength = 5000;

/** Makes a store with so many apps, and with so many changes in its log: at least one for each app. */
export async function fillStore(file: string, apps: number, changes: number): Promise<FilledStore> {
  const store = await openStore({ store: { kind: "sqlite", file }, limits: { writes: batchLength } });
  const tenant = store.open(session);
  for (let start = 0; start < apps; start += batchLength) {
    await tenant.importApps(
      numbersFrom(start, Math.min(batchLength, apps - start)).map((number) => {
        const app = appOf(number);
        const summary = { ...exampleSummary, ...examplePatch, id: app.id };
        return { appId: app.id, decide: () => ({ kind: "created", app, summary }) };
      }),
      request,
    );
  }
  for (let start = apps; start < changes; start += batchLength) {
    await changeAll(tenant, numbersFrom(start, Math.min(batchLength, changes - start)), apps);
  }
  return { tenant, apps, close: () => store.close() };
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
  return appIdOf((number * 7_368_787) % apps);
}

/** So many numbers in a row. */
export function numbersFrom(start: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => start + at);
}
