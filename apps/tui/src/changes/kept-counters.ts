import type { InstallSummaryPatch } from "@install-summary/core";
import { missingColumns } from "@install-summary/core/report";
import { formatCount } from "../words/format-count.ts";

/** What a file leaves as it was because it lacks the columns, a sentence for all apps that lack the same ones. */
export function keptSentences(
  rows: readonly { readonly counters: InstallSummaryPatch }[],
): readonly string[] {
  const apps = new Map<string, number>();
  for (const { counters } of rows) {
    const columns = missingColumns(counters).join(", ");
    if (columns !== "") apps.set(columns, (apps.get(columns) ?? 0) + 1);
  }
  return Array.from(apps, ([columns, count]) => {
    const keep = count === 1 ? "1 app keeps what it has" : `${formatCount(count)} apps keep what they have`;
    const where = columns.includes(",") ? "columns" : "a column";
    return `${keep} in ${where} that the file lacks: ${columns}. If that is not meant, look at how the file spells its columns.`;
  });
}
