import { counters, type CounterEdit, type InstallSummaryEdit } from "@install-summary/core";
import { formatCount, formatDelta } from "./format-count.ts";

/** What taking a change back comes in place of, beside its counter: `in place of yours, by +10`. */
export function replacedNote(edit: CounterEdit): string {
  return `in place of yours, ${editWords(edit)}`;
}

/** The same of all counters, in a sentence: ` in place of yours, failed devices by +10: u brings it back`; empty for none. */
export function replacedText(replaced: InstallSummaryEdit): string {
  const [first, ...others] = counters.flatMap(({ name, label }) => {
    const edit = replaced[name];
    return edit === undefined ? [] : [`${label.toLowerCase()} ${editWords(edit)}`];
  });
  if (first === undefined) return "";
  const [more, it] = others.length === 0 ? ["", "it"] : [` and ${others.length} more`, "them"];
  return ` in place of yours, ${first}${more}: u brings ${it} back`;
}

function editWords(edit: CounterEdit): string {
  return typeof edit === "number" ? formatCount(edit) : `by ${formatDelta(edit.add)}`;
}
