import { describeRejected } from "../import/describe-rejected.ts";
import type { ImportReport } from "../import/import-report.ts";

/** What an import did, for people: a line for each rejected row, then the counts. */
export function describeImport(report: ImportReport, dryRun: boolean): string {
  const { created, changed, unchanged, rejected } = report;
  const counts = `${created} created, ${changed} changed, ${unchanged} unchanged, ${rejected.length} rejected.`;
  const total = created + changed + unchanged + rejected.length;
  const notes = [
    ...(total === 0 ? ["The file has no rows."] : []),
    ...(dryRun ? ["This was a dry run: nothing was changed."] : []),
  ];
  return [...describeRejected(report), counts, ...notes].map((line) => `${line}\n`).join("");
}
