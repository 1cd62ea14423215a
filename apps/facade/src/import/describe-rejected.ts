import { visibleText } from "@install-summary/core/text";
import type { ImportReport } from "./apply-rows.ts";
import { describeMissing } from "./missing-counters.ts";
import { formatPlace } from "./reject-duplicates.ts";

/**
 * A line for each of the first rows that an import rejected: where it is, and why; then one for the number of the others,
 * and one for all new apps that lack the same counters. `names` are those of the files, where there are several.
 */
export function describeRejected(
  { rejected, rejectedRows, missingCounters }: ImportReport,
  names: readonly string[] = [],
): readonly string[] {
  const lines = rejectedRows.map((row) => {
    const place = formatPlace(row, names);
    const column = row.column === undefined ? "" : `, ${visibleText(row.column, 64)}`;
    return `${place}${column}: ${visibleText(row.problem, 1000)}`;
  });
  let others = rejected - rejectedRows.length;
  for (const { apps } of missingCounters) others -= apps;
  const more = others === 1 ? "1 more row was rejected." : `${others} more rows were rejected.`;
  return [...lines, ...(others > 0 ? [more] : []), ...missingCounters.map((one) => describeMissing(one))];
}
