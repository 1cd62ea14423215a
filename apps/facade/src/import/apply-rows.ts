import type { ReadRow, RejectedRow } from "@install-summary/core/report";
import type { Decider } from "./create-decider.ts";
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
}

/** Applies staged rows in batches, and tells what became of all rows. */
export async function applyRows(
  staging: ReportStaging,
  { isDry, batchLength, decide }: Decider,
  rejected: RejectedRows,
  names: readonly string[],
): Promise<ImportReport> {
  const counts = { created: 0, changed: 0, unchanged: 0 };
  const missing = countMissingCounters();
  let batch: ReadRow[] = [];
  for await (const app of staging.readApps()) {
    if (app.kind === "several") {
      for (const row of rejectDuplicates(app, names)) rejected.add(row);
      rejected.addUnkept(app.count - app.rows.length);
    } else if ("app" in app.row) batch.push(app.row);
    else rejected.add(app.row);
    if (batch.length < batchLength) continue;
    await applyBatch(batch);
    batch = [];
  }
  await applyBatch(batch);
  return {
    ...counts,
    rejected: rejected.count(),
    rejectedRows: rejected.first(),
    missingCounters: missing.all(),
  };

  async function applyBatch(rows: readonly ReadRow[]): Promise<void> {
    const decisions = await decide(rows).catch((error: unknown) => {
      const applied = counts.created + counts.changed + counts.unchanged;
      throw isDry || applied === 0 ? error : interruptedImport(error, applied, staging.countApps());
    });
    for (const [index, { line, file, app }] of rows.entries()) {
      const decision = decisions[index];
      if (decision === undefined) continue;
      if (decision.kind !== "rejected") counts[decision.kind] += 1;
      else if (decision.missing !== undefined) {
        missing.add(decision.missing);
        rejected.addUnkept(1);
      } else {
        const { column, problem } = decision;
        const place = { line, ...(file !== undefined && { file }) };
        rejected.add({ ...place, id: app.id, ...(column !== undefined && { column }), problem });
      }
    }
    // A dry run waits for no commit, so other requests get their turn here.
    await new Promise(setImmediate);
  }
}
