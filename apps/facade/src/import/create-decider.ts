import type { ReadRow } from "@install-summary/core/report";
import { randomUUID } from "node:crypto";
import type { ImportDecision, ImportingStore, StoredApp } from "@install-summary/core/service";
import { decideImport } from "./decide-import.ts";

/** Decides rows, each about another app, and commits their decisions unless the run is dry. */
export interface Decider {
  readonly isDry: boolean;
  /** How many rows are decided at a time. */
  readonly batchLength: number;
  readonly decide: (rows: readonly ReadRow[]) => Promise<readonly ImportDecision[]>;
}

/** Whose import it is, and how it is decided. */
export interface DeciderOptions {
  readonly tenantId: string;
  /** Who imports, as the change log records it. */
  readonly actor: string;
  /** The ids under which the changes are recorded; a fresh one by default. */
  readonly requestId?: string | undefined;
  readonly clientRequestId?: string | undefined;
  /** Report what would happen, and change nothing. */
  readonly dryRun?: boolean | undefined;
  /** Take the counters that a new app lacks as 0. */
  readonly missingAsZero?: boolean | undefined;
}

/** How many apps are committed at a time, so that other requests get their turn in between. */
const batchLength = 250;
/** The same while the tenant is empty: larger batches are faster, and no one waits for a tenant without apps. */
const firstBatchLength = 2000;

/** Makes the decider of one import. */
export async function createDecider(
  store: ImportingStore,
  {
    tenantId,
    actor,
    requestId = randomUUID(),
    clientRequestId,
    dryRun = false,
    missingAsZero = false,
  }: DeciderOptions,
): Promise<Decider> {
  const rules = { now: `${new Date().toISOString().slice(0, 19)}Z`, missingAsZero };
  const tenant = store.open({ tenantId, actor, origin: "import" });
  const decideDry = async (row: ReadRow): Promise<ImportDecision> =>
    decideImport(row, await tenant.readApp(row.app.id), rules);
  const toImport = (row: ReadRow) => ({
    appId: row.app.id,
    decide: (current: StoredApp | undefined) => decideImport(row, current, rules),
  });
  return {
    isDry: dryRun,
    batchLength: (await tenant.isEmpty()) ? firstBatchLength : batchLength,
    decide: (rows) =>
      dryRun
        ? Promise.all(rows.map(decideDry))
        : tenant.importApps(rows.map(toImport), { requestId, clientRequestId }),
  };
}
