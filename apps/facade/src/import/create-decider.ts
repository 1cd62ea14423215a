import type { ReadRow } from "@install-summary/core/report";
import { randomUUID } from "node:crypto";
import type { ImportDecision, ImportingStore, StoredApp } from "@install-summary/core/service";
import { decideImport } from "./decide-import.ts";
import { whenAccepted } from "./when-accepted.ts";

/** A row, what it makes of its app, and the app as it was. */
export interface DecidedRow {
  readonly row: ReadRow;
  readonly decision: ImportDecision;
  readonly current: StoredApp | undefined;
}

/** Decides rows, each about another app, and commits their decisions unless the run is dry. */
export type Decide = (rows: readonly ReadRow[]) => Promise<readonly DecidedRow[]>;

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

/** Makes the decider of one import. */
export function createDecider(
  store: ImportingStore,
  {
    tenantId,
    actor,
    requestId = randomUUID(),
    clientRequestId,
    dryRun = false,
    missingAsZero = false,
  }: DeciderOptions,
): Decide {
  const rules = { now: `${new Date().toISOString().slice(0, 19)}Z`, missingAsZero };
  const tenant = store.open({ tenantId, actor, origin: "import" });
  const decideOne = (row: ReadRow, current: StoredApp | undefined): DecidedRow => ({
    row,
    current,
    decision: decideImport(row, current, rules),
  });

  return dryRun ? decideDry : decideAndCommit;

  async function decideDry(rows: readonly ReadRow[]): Promise<readonly DecidedRow[]> {
    const found = await tenant.readApps(rows.map(({ app }) => app.id));
    return rows.map((row, index) => decideOne(row, found[index]));
  }

  async function decideAndCommit(rows: readonly ReadRow[]): Promise<readonly DecidedRow[]> {
    // A store may decide a row again; the last time counts.
    const decided = new Map<ReadRow, DecidedRow>();
    const toImport = rows.map((row) => ({
      appId: row.app.id,
      decide(current: StoredApp | undefined) {
        const one = decideOne(row, current);
        decided.set(row, one);
        return one.decision;
      },
    }));
    await whenAccepted(() => tenant.importApps(toImport, { requestId, clientRequestId }));
    return rows.flatMap((row) => decided.get(row) ?? []);
  }
}
