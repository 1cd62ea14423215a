import type { ImportReport } from "../import/apply-rows.ts";
import { describeRejected } from "../import/describe-rejected.ts";
import { describeKept } from "../import/describe-kept.ts";

/**
 * What an import did, for people: a line for each rejected row, as far as they are kept, one for rows or counters that the
 * report lacks, then the counts.
 */
export function describeImport(
  report: ImportReport,
  dryRun: boolean,
  names: readonly string[] = [],
): readonly string[] {
  return [
    ...describeRejected(report, names),
    ...describeKept(report),
    describeCounts(report),
    ...(dryRun ? [dryRunText] : []),
  ];
}

/** What an import did, in one sentence, for where the rest cannot be printed. */
export function describeDone(report: ImportReport, dryRun: boolean): string {
  return dryRun ? dryRunText : `The import is done: ${describeCounts(report)}`;
}

const dryRunText = "This was a dry run: nothing was changed.";

function describeCounts({ created, changed, unchanged, rejected }: ImportReport): string {
  return `${created} created, ${changed} changed, ${unchanged} unchanged, ${rejected} rejected.`;
}
