import type { ImportReport } from "./apply-rows.ts";
import type { MissingCounters } from "./missing-counters.ts";

/**
 * What an import left as it was because the report lacks it: a sentence for a report without rows, and one for known apps for
 * which the report lacks the same counters. Another file or another spelling may be the cause.
 */
export function describeKept(report: ImportReport): readonly string[] {
  const { created, changed, unchanged, rejected, keptCounters } = report;
  const hasRows = created + changed + unchanged + rejected > 0;
  return hasRows ? keptCounters.map(describeColumns) : [noRows];
}

const noRows =
  "The report has no rows: all apps keep what they had. If that is not meant, look at what was exported.";

function describeColumns({ columns, apps }: MissingCounters): string {
  const keep = apps === 1 ? "1 app keeps what it had" : `${apps} apps keep what they had`;
  const where = columns.length === 1 ? "a column" : "columns";
  return (
    `${keep} in ${where} that the report lacks: ${columns.join(", ")}. ` +
    "If that is not meant, look at how the report spells its columns."
  );
}
