import { counterNames, formatETag, type InstallSummaryPatch } from "@install-summary/core";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, onTestFinished } from "vitest";
import { inspectStore } from "../src/store/sqlite/inspect-store.ts";
import { openSqliteStore, type SqliteStoreOptions } from "../src/store/sqlite/open-sqlite-store.ts";
import type { ImportingStore } from "@install-summary/core/service";
import { openTenant, tenantId } from "./samples.ts";

/** A folder that is gone when the test is. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "install-summary-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** For tests of a file that begin with the same folder, which takes long to fill: it is filled once, and each has a copy. */
export function useFilledFolder(fill: (folder: string) => Promise<void>): () => Promise<string> {
  let filled: string | undefined;
  afterAll(() => {
    if (filled !== undefined) rmSync(filled, { recursive: true, force: true });
  });
  return async () => {
    if (filled === undefined) {
      const folder = mkdtempSync(join(tmpdir(), "install-summary-"));
      await fill(folder);
      filled = folder;
    }
    const copy = temporaryFolder();
    cpSync(filled, copy, { recursive: true });
    return copy;
  };
}

/**
 * Opens a store that is closed when the test is done; in a folder of its own unless a file is named. Half of the places for
 * changes, which is what one caller has, are as many as a store has by default.
 */
export async function openTestStore(
  options: Partial<Pick<SqliteStoreOptions, "file" | "maxWaiting" | "turns">> = {},
): Promise<ImportingStore> {
  const file = join(temporaryFolder(), "store.db");
  const store = await openSqliteStore({ file, maxWaiting: 2000, ...options });
  onTestFinished(() => store.close());
  return store;
}

export interface LoggedChange {
  readonly sequence: number;
  readonly previousSequence: number | null;
  readonly appId: string;
  readonly version: number;
  readonly actor: string;
  readonly origin: string;
  readonly requestId: string;
  readonly clientRequestId?: string;
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
      previousSequence: row["previous_sequence"] === null ? null : Number(row["previous_sequence"]),
      appId: String(row["app_id"]),
      version: Number(row["version"]),
      actor: String(row["actor"]),
      origin: String(row["origin"]),
      requestId: String(row["request_id"]),
      ...(row["client_request_id"] !== null && { clientRequestId: String(row["client_request_id"]) }),
      before: JSON.parse(String(row["before"])),
      after: JSON.parse(String(row["after"])),
    }));
}

/**
 * Checks that a store's file is sound and its change log whole: each app has every version once, each change names the
 * one before it and begins where that ended, and the last one is named by the summary and ends in it. Nothing of the log
 * must have been removed.
 */
export async function expectWholeLog(file: string, tenant = tenantId): Promise<void> {
  using database = new DatabaseSync(file);
  expect(database.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  const states = new Map<string, { version: number; sequence: number; counters: InstallSummaryPatch }>();
  for (const change of readLog(file, tenant)) {
    const { appId, sequence, version, before, after } = change;
    const found = states.get(appId);
    // An app that an older version of this program has erased begins anew.
    const state = change.previousSequence === null ? undefined : found;
    expect(version).toBe((found?.version ?? 0) + 1);
    expect(change.previousSequence).toBe(state?.sequence ?? null);
    expect(state?.counters ?? {}).toMatchObject(before);
    states.set(appId, { version, sequence, counters: { ...state?.counters, ...after } });
  }
  const latest = database.prepare("SELECT app_id, change_sequence FROM install_summary WHERE tenant_id = ?");
  for (const row of latest.all(tenant)) {
    expect(row["change_sequence"]).toBe(states.get(String(row["app_id"]))?.sequence);
  }
  const store = await openSqliteStore({ file });
  const opened = openTenant(store, { tenantId: tenant });
  for (const [id, { version, counters }] of states) {
    const stored = await opened.readSummary(id);
    expect(stored?.etag).toBe(formatETag(version));
    for (const name of counterNames) expect(stored?.summary[name]).toBe(counters[name]);
  }
  await store.close();
  expect((await inspectStore(file)).faults).toEqual([]);
}
