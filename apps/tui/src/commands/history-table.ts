import type { ListedChange } from "@install-summary/core/client";
import { changeActor, changedCounters } from "../words/change-words.ts";
import { momentText } from "../words/clock-time.ts";
import { counterWord } from "../words/counter-words.ts";
import { formatCount } from "../words/format-count.ts";
import { clearText } from "../text/clear-text.ts";
import type { Column } from "../text/table.ts";
import { printLines, type PrintTarget } from "./output/print.ts";

/** The columns of the history. */
export const historyColumns: readonly Column[] = [
  { header: "When", align: "left" },
  { header: "Who", align: "left", minWidth: 6 },
  { header: "Origin", align: "left" },
  { header: "App", align: "left", minWidth: 12 },
  { header: "Version", align: "right" },
  { header: "Change", align: "left", minWidth: 20, isWords: true, cutFirst: true },
];

/** A change as a row of them. */
export function changeRow(change: ListedChange): readonly string[] {
  return [
    momentText(Date.parse(change.changedAt)),
    changeActor(change),
    change.origin,
    change.displayName ?? change.appId,
    String(change.version),
    changeWords(change),
  ];
}

/** Prints a change as a line of its own. */
export function printFollowed(output: PrintTarget, change: ListedChange): void {
  const { signs = (text: string) => text } = output;
  printLines(output, [
    changeRow(change)
      .map((cell) => clearText(signs(cell)))
      .join("  "),
  ]);
}

/** All counters of a change, in the words that `set` takes: `failed 16 → 8, users.pending 272 → 270`. */
function changeWords(change: ListedChange): string {
  const counters = changedCounters(change);
  if (counters.every(({ before }) => before === undefined)) return "created";
  return counters
    .map(({ counter, before, after }) => {
      const from = before === undefined ? "" : `${formatCount(before)} → `;
      return `${counterWord(counter)} ${from}${formatCount(after)}`;
    })
    .join(", ");
}
