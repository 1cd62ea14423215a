import { formatCount } from "../words/format-count.ts";
import type { Column } from "../text/table.ts";
import type { CheckedPair } from "./contract-pairs.ts";
import type { Output } from "./output/open-output.ts";
import { printTable } from "./output/print.ts";

/** Prints what became of the pairs, and gives how many of them failed, and the counts as a sentence. */
export async function printPairs(
  output: Output,
  pairs: readonly CheckedPair[],
): Promise<{ readonly counts: string; readonly failed: number }> {
  const count = (result: CheckedPair["result"]): number =>
    pairs.filter((pair) => pair.result === result).length;
  const [passed, failed, skipped] = [count("passed"), count("failed"), count("skipped")];
  await output.print({
    value: { passed, failed, skipped, pairs },
    table: (out) => printTable(out, columns, pairs.map(row)),
    records: () => ({
      header: ["Number", "Pair", "Feature", "Result", "Differences"],
      rows: pairs.map(({ number, name, feature, result, differences }) => [
        number,
        name,
        feature,
        result,
        differences.join("; "),
      ]),
    }),
  });
  const counts = `${formatCount(passed)} passed, ${formatCount(failed)} failed, ${formatCount(skipped)} skipped.`;
  return { counts, failed };
}

const columns: readonly Column[] = [
  { header: "No.", align: "right" },
  { header: "Pair", align: "left", minWidth: 30 },
  { header: "Result", align: "left" },
  { header: "Differences", align: "left", minWidth: 20, isWords: true },
];

function row({ number, name, result, differences }: CheckedPair): readonly string[] {
  return [String(number), name, result, differences.join("; ")];
}
