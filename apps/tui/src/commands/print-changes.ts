import { counters, type InstallSummary } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { formatCount, formatDelta } from "../format-count.ts";
import { nameLines, printLines, printTable, type Output } from "./print.ts";
import type { Column } from "./table.ts";

/** Prints what becomes of the counters that change, and of which app they are. */
export function printChanges(output: Output, app: ListedApp, after: InstallSummary): void {
  const before = app.installSummary;
  const rows = counters
    .filter(({ name }) => before[name] !== after[name])
    .map(({ name, label }) => [
      label,
      formatCount(before[name]),
      formatCount(after[name]),
      formatDelta(after[name] - before[name]),
    ]);
  printTable(output, columns, rows);
  printLines(output, ["", ...nameLines(app)]);
}

const columns: readonly Column[] = [
  { header: "Counter", align: "left" },
  { header: "Before", align: "right" },
  { header: "After", align: "right" },
  { header: "Δ", align: "right" },
];
