import type { CounterEdit } from "@install-summary/core";
import { formatCount } from "../../words/format-count.ts";

/** What is said behind the new value of an edit that is an amount; nothing of one that sets a value. */
export function amountText(edit: CounterEdit | undefined): string {
  if (typeof edit !== "object") return "";
  return `, by ${edit.add > 0 ? "plus" : "minus"} ${formatCount(Math.abs(edit.add))}`;
}
