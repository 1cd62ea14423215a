import {
  applyPatch,
  decidePatch,
  type ETagPatchDecision,
  type InstallSummary,
  type InstallSummaryPatch,
  type MobileApp,
  type SummaryWithETag,
} from "@install-summary/core";
import { exampleApp, exampleSummary } from "@install-summary/core/contract";
import type {
  ChangeRequest,
  ImportingStore,
  ImportingTenantStore,
  StoreSession,
} from "@install-summary/core/service";

export const tenantId = "00000000-0000-4000-8000-000000000001";
export const otherTenantId = "00000000-0000-4000-8000-000000000002";
export const appId: string = exampleSummary.id;
export const session: StoreSession = { tenantId, actor: "ada", origin: "api" };
export const request: ChangeRequest = { requestId: "request-1" };

export function sampleSummary(counters: InstallSummaryPatch = {}, id = appId): InstallSummary {
  return applyPatch({ ...exampleSummary, id }, counters);
}

export function sampleApp(properties: Partial<MobileApp> = {}): MobileApp {
  return {
    ...exampleApp,
    displayName: "Outlook",
    publisher: "Cisco",
    createdDateTime: "2026-11-24T12:00:00Z",
    lastModifiedDateTime: "2026-11-24T12:00:00Z",
    ...properties,
  };
}

/** The sample tenant of a store. */
export function openTenant(store: ImportingStore, changed: Partial<StoreSession> = {}): ImportingTenantStore {
  return store.open({ ...session, ...changed });
}

/** Puts apps into a store, each with the sample's counters. */
export async function addApps(
  store: ImportingStore,
  apps: readonly MobileApp[],
  tenant = tenantId,
): Promise<void> {
  await openTenant(store, { tenantId: tenant, origin: "import" }).importApps(
    apps.map((app) => ({
      appId: app.id,
      decide: () => ({ kind: "created", app, summary: sampleSummary({}, app.id) }),
    })),
    request,
  );
}

/** Decides a patch without preconditions. */
export function patching(patch: InstallSummaryPatch): (current: SummaryWithETag) => ETagPatchDecision {
  return (current) => decidePatch(current, patch);
}

/** Adds one to a counter of the current summary. */
export function incrementing(current: SummaryWithETag): ETagPatchDecision {
  return decidePatch(current, { failedDeviceCount: current.summary.failedDeviceCount + 1 });
}
