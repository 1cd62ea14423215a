import { describeRejected } from "../import/describe-rejected.ts";
import type { ImportReport } from "../import/import-report.ts";

/** How many rejected rows are described at a time: a text of all of them could be as large as the file. */
const chunkLength = 1000;

/** What an import did, for people, as chunks of text: a line for each rejected row, then the counts. */
export function* describeImport(report: ImportReport, dryRun: boolean): Generator<string> {
  const { created, changed, unchanged, rejected } = report;
  for (let start = 0; start < rejected.length; start += chunkLength) {
    yield joinLines(describeRejected({ rejected: rejected.slice(start, start + chunkLength) }));
  }
  const counts = `${created} created, ${changed} changed, ${unchanged} unchanged, ${rejected.length} rejected.`;
  const total = created + changed + unchanged + rejected.length;
  yield joinLines([
    counts,
    ...(total === 0 ? ["The file has no rows."] : []),
    ...(dryRun ? ["This was a dry run: nothing was changed."] : []),
  ]);
}

function joinLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
