import type { CounterName } from "./counters.ts";
import { parsePatch } from "./parse-patch.ts";

/** What is wanted of one counter: a value, or so much more or less than there is. */
export type CounterEdit = number | { readonly add: number };

/**
 * What is wanted of some counters; a counter that is absent stays as it is. A patch is an edit too. `{ add: 5 }` is
 * an intent: on another version of the summary it is counted again.
 */
export type InstallSummaryEdit = { readonly [Name in CounterName]?: CounterEdit };

/**
 * Throws `GraphError` 400 with every fault of what is no edit: an unknown counter, a value that no counter can
 * have, an `add` that is no whole number. Whether a sum stays in range depends on the summary and is no fault.
 */
export function checkEdit(edit: InstallSummaryEdit): void {
  const members: readonly [string, unknown][] = Object.entries(edit);
  parsePatch(Object.fromEntries(members.map(([name, wanted]) => [name, judged(wanted)])));
}

/** Stands for a member where `parsePatch` judges it: any whole number may be added. */
function judged(wanted: unknown): unknown {
  if (typeof wanted !== "object" || wanted === null || !("add" in wanted)) return wanted;
  return Number.isInteger(wanted.add) ? 0 : wanted.add;
}
