import {
  counterNames,
  decidePatch,
  type InstallSummary,
  type InstallSummaryPatch,
  type MobileApp,
  type PatchDecision,
} from "@install-summary/core";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished } from "vitest";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import type { ChangeSource, Store, StoredSummary } from "../src/store/store.ts";

export const tenantId = "00000000-0000-4000-8000-000000000001";
export const otherTenantId = "00000000-0000-4000-8000-000000000002";
export const appId = "06a792e9-92e9-06a7-e992-a706e992a706";
export const key = { tenantId, appId };
export const source: ChangeSource = { actor: "ada", origin: "api", requestId: "request-1" };

/** A folder that is gone when the test is. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "install-summary-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens a store that is closed when the test is done; in a folder of its own unless a file is named. */
export async function openTestStore(
  options: { readonly file?: string; readonly writes?: number } = {},
): Promise<Store> {
  const store = await openSqliteStore({ file: join(temporaryFolder(), "store.db"), ...options });
  onTestFinished(() => store.close());
  return store;
}

export function sampleSummary(counters: InstallSummaryPatch = {}, id = appId): InstallSummary {
  return {
    id,
    installedDeviceCount: 4,
    failedDeviceCount: 1,
    notApplicableDeviceCount: 8,
    notInstalledDeviceCount: 7,
    pendingInstallDeviceCount: 9,
    installedUserCount: 2,
    failedUserCount: 15,
    notApplicableUserCount: 6,
    notInstalledUserCount: 5,
    pendingInstallUserCount: 7,
    ...counters,
  };
}

export function sampleApp(properties: Partial<MobileApp> = {}): MobileApp {
  return {
    "@odata.type": "#microsoft.graph.win32LobApp",
    id: appId,
    displayName: "Outlook",
    description: null,
    publisher: "Cisco",
    createdDateTime: "2026-11-24T12:00:00Z",
    lastModifiedDateTime: "2026-11-24T12:00:00Z",
    isFeatured: false,
    privacyInformationUrl: null,
    informationUrl: null,
    owner: null,
    developer: null,
    notes: null,
    publishingState: "published",
    isAssigned: true,
    ...properties,
  };
}

/** Puts apps into a store, each with the sample's counters. */
export async function addApps(store: Store, apps: readonly MobileApp[], tenant = tenantId): Promise<void> {
  const byId = new Map(apps.map((app) => [app.id, app]));
  await store.importApps(
    tenant,
    [...byId.keys()],
    (id) => ({ kind: "created", app: byId.get(id) ?? sampleApp({ id }), summary: sampleSummary({}, id) }),
    { ...source, origin: "import" },
  );
}

/** Decides a patch without preconditions. */
export function patching(patch: InstallSummaryPatch): (current: StoredSummary) => PatchDecision {
  return (current) => decidePatch(current, patch);
}

/** Adds one to a counter of whatever the summary is. */
export function incrementing(current: StoredSummary): PatchDecision {
  return decidePatch(current, { failedDeviceCount: current.summary.failedDeviceCount + 1 });
}

export interface LoggedChange {
  readonly sequence: number;
  readonly appId: string;
  readonly version: number;
  readonly actor: string;
  readonly origin: string;
  readonly requestId: string;
  readonly before: InstallSummaryPatch;
  readonly after: InstallSummaryPatch;
}

/** The change log of a tenant, in its order. */
export function readLog(file: string, tenant = tenantId): readonly LoggedChange[] {
  using database = new DatabaseSync(file);
  return database
    .prepare("SELECT * FROM install_summary_change WHERE tenant_id = ? ORDER BY sequence")
    .all(tenant)
    .map((row) => ({
      sequence: Number(row["sequence"]),
      appId: String(row["app_id"]),
      version: Number(row["version"]),
      actor: String(row["actor"]),
      origin: String(row["origin"]),
      requestId: String(row["request_id"]),
      before: JSON.parse(String(row["before"])),
      after: JSON.parse(String(row["after"])),
    }));
}

/**
 * Holds a store's file to its promise: it is sound, the versions of each app are there once each, each change
 * begins where the one before it ended, and the last one ends in the summary.
 */
export async function expectWholeLog(file: string, tenant = tenantId): Promise<void> {
  using database = new DatabaseSync(file);
  expect(database.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  const states = new Map<string, { version: number; counters: InstallSummaryPatch }>();
  for (const change of readLog(file, tenant)) {
    const state = states.get(change.appId) ?? { version: 0, counters: {} };
    expect(change.version).toBe(state.version + 1);
    expect(state.counters).toMatchObject(change.before);
    states.set(change.appId, { version: change.version, counters: { ...state.counters, ...change.after } });
  }
  const store = await openSqliteStore({ file });
  for (const [id, { version, counters }] of states) {
    const stored = await store.readSummary({ tenantId: tenant, appId: id });
    expect(stored?.version).toBe(version);
    for (const name of counterNames) expect(stored?.summary[name]).toBe(counters[name]);
  }
  await store.close();
}
