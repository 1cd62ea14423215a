import type { ImportReport } from "../../import/apply-rows.ts";
import { describeKept } from "../../import/describe-kept.ts";
import { describeMissing } from "../../import/missing-counters.ts";

/**
 * What an import did, in JSON: the counts, where and why the first rows were rejected, and what apps keep because the
 * report lacks it. Apps for which it lacks the same counters are told once, without a line.
 */
export function formatReport(report: ImportReport): string {
  const { created, changed, unchanged, rejected, rejectedRows, missingCounters } = report;
  const rows = [
    ...rejectedRows.map(({ line, column, problem }) => ({ line, column, reason: problem })),
    ...missingCounters.map((missing) => ({ reason: describeMissing(missing, "missingAsZero=true") })),
  ];
  return JSON.stringify({
    created,
    changed,
    unchanged,
    rejected,
    rows,
    kept: describeKept(report),
  });
}
