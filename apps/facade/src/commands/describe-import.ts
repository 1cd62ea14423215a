import type { ImportReport } from "../import/apply-rows.ts";
import { describeRejected } from "../import/describe-rejected.ts";
import { describeKept } from "../import/missing-counters.ts";

/**
 * What an import did, for people: a line for each rejected row, as far as they are kept, one for counters that the report
 * lacks, then the counts.
 */
export function describeImport(
  report: ImportReport,
  dryRun: boolean,
  names: readonly string[] = [],
): readonly string[] {
  const { created, changed, unchanged, rejected } = report;
  const total = created + changed + unchanged + rejected;
  return [
    ...describeRejected(report, names),
    ...report.keptCounters.map(describeKept),
    describeCounts(report),
    ...(total === 0 ? [names.length > 1 ? "The files have no rows." : "The file has no rows."] : []),
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
