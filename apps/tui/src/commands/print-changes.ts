import { counters, warnings, type InstallSummary } from "@install-summary/core";
import { formatCount, formatDelta, groupNumbers } from "../words/format-count.ts";
import { nameLines, printLines, printTable, type PrintTarget } from "./output/print.ts";
import type { Column } from "../text/table.ts";
import type { KnownApp } from "../words/known-app.ts";

/** Prints what becomes of the counters that change, what of it deserves a second look, and of which app they are. */
export async function printChanges(output: PrintTarget, app: KnownApp, after: InstallSummary): Promise<void> {
  const before = app.installSummary;
  const rows = counters
    .filter(({ name }) => before[name] !== after[name])
    .map(({ name, label }) => [
      label,
      formatCount(before[name]),
      formatCount(after[name]),
      formatDelta(after[name] - before[name]),
    ]);
  await printTable(output, columns, rows);
  const found = warnings(before, after).map(({ message }) => `! ${groupNumbers(message)}`);
  printLines(output, ["", ...(found.length > 0 ? [...found, ""] : []), ...nameLines(app)]);
}

const columns: readonly Column[] = [
  { header: "Counter", align: "left" },
  { header: "Before", align: "right" },
  { header: "After", align: "right" },
  { header: "Δ", align: "right" },
];
