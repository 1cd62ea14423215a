import type { VersionedSummary } from "@install-summary/core";
import type { AppKey, StoredApp } from "../store.ts";
import { readStoredApp, readStoredSummary } from "./columns.ts";
import type { Statements } from "./statements.ts";

/** A summary by its key, or undefined for an unknown app. */
export function readSummary(
  statements: Statements,
  { tenantId, appId }: AppKey,
): VersionedSummary | undefined {
  const row = statements.readSummary.get(tenantId, appId);
  return row === undefined ? undefined : readStoredSummary(row, appId);
}

/** An app by its key, with its summary. */
export function readApp(statements: Statements, { tenantId, appId }: AppKey): StoredApp | undefined {
  const row = statements.readApp.get(tenantId, appId);
  return row === undefined ? undefined : readStoredApp(row);
}
