import { shortVersion } from "../words/version-text.ts";
import type { Column } from "../text/table.ts";
import { countResults, resultWords } from "./apply-end.ts";
import type { ApplyResult } from "./apply-results.ts";
import type { Output } from "./output/open-output.ts";
import { printTable } from "./output/print.ts";
import { recordsOf } from "./output/records.ts";
import { toldApart } from "./told-apart.ts";

/** Prints what became of each change of a plan. */
export async function printApplied(
  output: Output,
  results: readonly ApplyResult[],
  dryRun: boolean,
): Promise<void> {
  const counts = countResults(results);
  const nameOf = toldApart(results);
  await output.print({
    value: { ...counts, dryRun, results: results.map(resultJson) },
    table: (out) =>
      printTable(
        out,
        columns,
        results.map((line) => [
          nameOf(line),
          resultWords[line.result],
          line.etag === null ? "-" : shortVersion(line.etag),
          line.message ?? "",
        ]),
      ),
    records: () => recordsOf(results.map(resultJson)),
  });
}

function resultJson({ id, displayName, result, etag, message, requestId }: ApplyResult): object {
  return { id, displayName, result, etag, message, requestId };
}

const columns: readonly Column[] = [
  { header: "App", align: "left", minWidth: 12 },
  { header: "Result", align: "left" },
  { header: "Version", align: "left", minWidth: 7 },
  { header: "Message", align: "left", minWidth: 20, isWords: true },
];
