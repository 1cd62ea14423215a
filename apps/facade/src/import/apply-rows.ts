import { missingColumns, type ReadRow, type RejectedRow } from "@install-summary/core/report";
import { firstBatchLength, nextBatchLength } from "./batch-length.ts";
import type { DecidedRow, Decide, DeciderOptions } from "./create-decider.ts";
import type { ImportProgress } from "./import-progress.ts";
import { interruptedImport } from "./interrupted-import.ts";
import { countMissingCounters, type MissingCounters } from "./missing-counters.ts";
import type { ReportStaging } from "./open-staging.ts";
import { rejectDuplicates } from "./reject-duplicates.ts";
import type { RejectedRows } from "./rejected-rows.ts";

/** What an import did, or would do. */
export interface ImportReport {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  /** The number of rejected rows. */
  readonly rejected: number;
  /** The first 1,000 rejected rows in the order of the files, without those of `missingCounters`. */
  readonly rejectedRows: readonly RejectedRow[];
  /** Rejected new apps, told once for all that lack the same counters. */
  readonly missingCounters: readonly MissingCounters[];
  /** Known apps that keep counters which the report lacks, told once for all that lack the same ones. */
  readonly keptCounters: readonly MissingCounters[];
}

/** How rows are applied, and who is told of it. */
export interface ApplyOptions extends Pick<DeciderOptions, "dryRun"> {
  /** What people call the files, for the places of rows where there are several. */
  readonly names?: readonly string[] | undefined;
  /** About how many milliseconds a batch takes, for which other requests wait. @default 25 */
  readonly batchMilliseconds?: number | undefined;
  /** Aborted when the import is to end between two batches; its reason is the error that then says how far it came. */
  readonly stop?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Is told of each batch once it is committed, or was decided where the run is dry. The next one waits for it. */
  readonly onApplied?: ((rows: readonly DecidedRow[]) => Promise<void>) | undefined;
}

/** What is to be applied. */
export interface StagedReport {
  readonly staging: ReportStaging;
  /** How many rows the report has. */
  readonly rows: number;
  /** Those of them that are not staged. */
  readonly rejected: RejectedRows;
}

/** Applies staged rows in batches, and tells what became of all rows. */
export async function applyRows(
  { staging, rows, rejected }: StagedReport,
  decide: Decide,
  { names = [], batchMilliseconds = 25, dryRun = false, stop, onProgress, onApplied }: ApplyOptions,
): Promise<ImportReport> {
  const counts = { created: 0, changed: 0, unchanged: 0 };
  const missing = countMissingCounters();
  const kept = countMissingCounters();
  let batch: ReadRow[] = [];
  let batchLength = firstBatchLength;
  let done = rejected.count();
  try {
    for await (const app of staging.readApps()) {
      stop?.throwIfAborted();
      done += app.count;
      if (app.kind === "several") {
        for (const row of rejectDuplicates(app, names)) rejected.add(row);
        rejected.addUnkept(app.count - app.rows.length);
      } else if ("app" in app.row) batch.push(app.row);
      else rejected.add(app.row);
      if (batch.length < batchLength) continue;
      await applyBatch(batch);
      batch = [];
    }
    if (batch.length > 0) await applyBatch(batch);
  } catch (error) {
    const applied = dryRun ? 0 : counts.created + counts.changed + counts.unchanged;
    throw interruptedImport({ error, isStopped: error === stop?.reason, applied, rows });
  }
  return {
    ...counts,
    rejected: rejected.count(),
    rejectedRows: rejected.first(),
    missingCounters: missing.all(),
    keptCounters: kept.all(),
  };

  async function applyBatch(read: readonly ReadRow[]): Promise<void> {
    const start = performance.now();
    const decided = await decide(read);
    batchLength = nextBatchLength(read.length, performance.now() - start, batchMilliseconds);
    for (const one of decided) countRow(one);
    onProgress?.({ step: "apply", rows: done, of: rows });
    await onApplied?.(decided);
    // A dry run waits for no commit, so other requests get their turn here.
    await new Promise(setImmediate);
  }

  function countRow({ row: { line, file, app, patch }, decision, current }: DecidedRow): void {
    if (decision.kind !== "rejected") {
      counts[decision.kind] += 1;
      const lacking = current === undefined ? [] : missingColumns(patch);
      if (lacking.length > 0) kept.add(lacking);
    } else if (decision.lacksCounters === true) {
      missing.add(missingColumns(patch));
      rejected.addUnkept(1);
    } else {
      const { column, problem } = decision;
      const place = { line, ...(file !== undefined && { file }) };
      rejected.add({ ...place, id: app.id, ...(column !== undefined && { column }), problem });
    }
  }
}
