import { readReport, type ReadRow, type RejectedRow } from "@install-summary/core/report";
import { randomUUID } from "node:crypto";
import type { Limits } from "../settings/settings.ts";
import type { ImportDecision, ImportingStore, StoredApp } from "../store/store.ts";
import { decideImport } from "./decide-import.ts";
import { limitBytes, limitRows } from "./limit-report.ts";
import { openStaging, type Staging } from "./open-staging.ts";
import { rejectDuplicates } from "./reject-duplicates.ts";

export interface ImportOptions {
  readonly tenantId: string;
  /** Who imports, as the change log records it. */
  readonly actor: string;
  readonly requestId?: string | undefined;
  /** Report what would happen, and change nothing. */
  readonly dryRun?: boolean | undefined;
  /** Take the counters that a new app lacks as 0. */
  readonly missingAsZero?: boolean | undefined;
  /** The folder that holds the rows until all of them are read. */
  readonly scratch: string;
  readonly limits: Pick<Limits, "importRows" | "importBytes">;
}

/** What an import did, or would do. */
export interface ImportReport {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  /** In the order of the file. */
  readonly rejected: readonly RejectedRow[];
}

/** How many apps are committed at a time, so that other requests get their turn in between. */
const batchLength = 250;
/** The same while the tenant is empty: larger batches are faster, and no one waits for a tenant without apps. */
const firstBatchLength = 2000;

/**
 * Imports a report: creates new apps, changes those that differ, and reports why a row was rejected. A rejected row
 * leaves the other rows alone. A file that cannot be read to its end throws `GraphError` and changes nothing.
 */
export async function importReport(
  store: ImportingStore,
  stream: ReadableStream<Uint8Array>,
  options: ImportOptions,
): Promise<ImportReport> {
  const staging = openStaging(options.scratch);
  try {
    const rejected = await stageRows(staging, stream, options.limits);
    const decider = await createDecider(store, options);
    return await applyRows(staging, decider, rejected);
  } finally {
    staging.close();
  }
}

/** Stages every row with a readable app id and returns the others, which are rejected. */
async function stageRows(
  staging: Staging,
  stream: ReadableStream<Uint8Array>,
  { importRows, importBytes }: ImportOptions["limits"],
): Promise<readonly RejectedRow[]> {
  const rejected: RejectedRow[] = [];
  for await (const row of limitRows(readReport(limitBytes(stream, importBytes)), importRows)) {
    const appId = "app" in row ? row.app.id : row.id;
    if (appId !== undefined) staging.add(appId, row);
    else if ("problem" in row) rejected.push(row);
  }
  return rejected;
}

/** Decides rows, each about another app, and commits their decisions unless the run is dry. */
interface Decider {
  readonly batchLength: number;
  readonly decide: (rows: readonly ReadRow[]) => Promise<readonly ImportDecision[]>;
}

async function createDecider(store: ImportingStore, options: ImportOptions): Promise<Decider> {
  const { tenantId, actor, requestId = randomUUID(), dryRun = false, missingAsZero = false } = options;
  const rules = { now: `${new Date().toISOString().slice(0, 19)}Z`, missingAsZero };
  const tenant = store.open({ tenantId, actor, origin: "import" });
  const decideDry = async (row: ReadRow): Promise<ImportDecision> =>
    decideImport(row, await tenant.readApp(row.app.id), rules);
  const toImport = (row: ReadRow) => ({
    appId: row.app.id,
    decide: (current: StoredApp | undefined) => decideImport(row, current, rules),
  });
  return {
    batchLength: (await tenant.isEmpty()) ? firstBatchLength : batchLength,
    decide: (rows) =>
      dryRun ? Promise.all(rows.map(decideDry)) : tenant.importApps(rows.map(toImport), { requestId }),
  };
}

async function applyRows(
  staging: Staging,
  { batchLength: length, decide }: Decider,
  unreadable: readonly RejectedRow[],
): Promise<ImportReport> {
  const counts = { created: 0, changed: 0, unchanged: 0 };
  const rejected = [...unreadable];
  const applyBatch = async (rows: readonly ReadRow[]): Promise<void> => {
    const decisions = await decide(rows);
    for (const [index, { line, app }] of rows.entries()) {
      const decision = decisions[index];
      if (decision?.kind === "rejected") {
        const { kind: _, ...why } = decision;
        rejected.push({ line, id: app.id, ...why });
      } else if (decision !== undefined) counts[decision.kind] += 1;
    }
    // A dry run waits for no commit, so other requests get their turn here.
    await new Promise(setImmediate);
  };
  let batch: ReadRow[] = [];
  for (const { appId, rows } of staging.readApps()) {
    const [row, second] = rows;
    if (second !== undefined) for (const why of rejectDuplicates(appId, rows)) rejected.push(why);
    else if (row !== undefined && "app" in row) batch.push(row);
    else if (row !== undefined) rejected.push(row);
    if (batch.length < length) continue;
    await applyBatch(batch);
    batch = [];
  }
  await applyBatch(batch);
  return { ...counts, rejected: rejected.toSorted((one, other) => one.line - other.line) };
}
