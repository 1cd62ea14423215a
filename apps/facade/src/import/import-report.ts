import { readReport, type ReadRow, type RefusedRow } from "@install-summary/core/report";
import { randomUUID } from "node:crypto";
import type { Limits } from "../settings/settings.ts";
import type { DecidedRow, ImportDecision, Store, StoredApp } from "../store/store.ts";
import { decideImport } from "./decide-import.ts";
import { limitBytes, limitRows } from "./limit-report.ts";
import { openStaging, type Staging } from "./open-staging.ts";
import { rejectDuplicates } from "./reject-duplicates.ts";

export interface ImportOptions {
  readonly tenantId: string;
  /** Who imports, as the change log shall say it. */
  readonly actor: string;
  readonly requestId?: string | undefined;
  /** Tell what would happen, and change nothing. */
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
  readonly rejected: readonly RefusedRow[];
}

/** How many apps are committed at a time: few enough that other changes get in between. */
const batchLength = 250;

/**
 * Imports a report: creates the apps that are new, changes those that differ, and says why a row was rejected,
 * which never stops or half-applies the others. A file that cannot be read to its end throws `GraphError` and
 * changes nothing.
 */
export async function importReport(
  store: Store,
  stream: ReadableStream<Uint8Array>,
  options: ImportOptions,
): Promise<ImportReport> {
  const staging = openStaging(options.scratch);
  try {
    const rejected = await stageRows(staging, stream, options.limits);
    return await applyRows(staging, createDecider(store, options), rejected);
  } finally {
    staging.close();
  }
}

/** Stages every row that is about an app, and returns those of which not even that much could be read. */
async function stageRows(
  staging: Staging,
  stream: ReadableStream<Uint8Array>,
  { importRows, importBytes }: ImportOptions["limits"],
): Promise<readonly RefusedRow[]> {
  const rejected: RefusedRow[] = [];
  for await (const row of limitRows(readReport(limitBytes(stream, importBytes)), importRows)) {
    const appId = "app" in row ? row.app.id : row.id;
    if (appId !== undefined) staging.add(appId, row);
    else if ("problem" in row) rejected.push(row);
  }
  return rejected;
}

type Decider = (rows: readonly ReadRow[]) => Promise<readonly DecidedRow<ReadRow>[]>;

/** Makes what decides rows, each about another app, and commits the outcome unless the run is dry. */
function createDecider(store: Store, options: ImportOptions): Decider {
  const { tenantId, actor, requestId = randomUUID(), dryRun = false, missingAsZero = false } = options;
  const rules = { now: `${new Date().toISOString().slice(0, 19)}Z`, missingAsZero };
  const decide = (row: ReadRow, current: StoredApp | undefined): ImportDecision =>
    decideImport(row, current, rules);
  if (!dryRun) {
    return (rows) => store.importApps(tenantId, rows, decide, { actor, origin: "import", requestId });
  }
  const decideDry = async (row: ReadRow): Promise<DecidedRow<ReadRow>> => {
    const current = await store.readApp({ tenantId, appId: row.app.id });
    return { row, decision: decide(row, current) };
  };
  return (rows) => Promise.all(rows.map(decideDry));
}

async function applyRows(
  staging: Staging,
  decide: Decider,
  unreadable: readonly RefusedRow[],
): Promise<ImportReport> {
  const counts = { created: 0, changed: 0, unchanged: 0 };
  const rejected = [...unreadable];
  const applyBatch = async (rows: readonly ReadRow[]): Promise<void> => {
    for (const { row, decision } of await decide(rows)) {
      if (decision.kind === "rejected") {
        const { kind: _, ...why } = decision;
        rejected.push({ line: row.line, id: row.app.id, ...why });
      } else counts[decision.kind] += 1;
    }
    // A dry run waits for nothing, and others are to have their turn.
    await new Promise(setImmediate);
  };
  let batch: ReadRow[] = [];
  for (const { appId, rows } of staging.readApps()) {
    const [row, second] = rows;
    if (second !== undefined) rejected.push(...rejectDuplicates(appId, rows));
    else if (row !== undefined && "app" in row) batch.push(row);
    else if (row !== undefined) rejected.push(row);
    if (batch.length < batchLength) continue;
    await applyBatch(batch);
    batch = [];
  }
  await applyBatch(batch);
  return { ...counts, rejected: rejected.toSorted((one, other) => one.line - other.line) };
}
