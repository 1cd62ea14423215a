import type { ImportReport } from "../import/apply-rows.ts";
import { describeRejected } from "../import/describe-rejected.ts";

/** What an import did, for people: a line for each rejected row, as far as they are kept, then the counts. */
export function describeImport(
  report: ImportReport,
  dryRun: boolean,
  names: readonly string[] = [],
): readonly string[] {
  const { created, changed, unchanged, rejected } = report;
  const total = created + changed + unchanged + rejected;
  return [
    ...describeRejected(report, names),
    `${created} created, ${changed} changed, ${unchanged} unchanged, ${rejected} rejected.`,
    ...(total === 0 ? [names.length > 1 ? "The files have no rows." : "The file has no rows."] : []),
    ...(dryRun ? ["This was a dry run: nothing was changed."] : []),
  ];
}
