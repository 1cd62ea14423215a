import {
  counterNames,
  invert,
  type ChangedCounters,
  type CounterName,
  type InstallSummary,
  type InstallSummaryPatch,
} from "@install-summary/core";
import type { ListedChange } from "@install-summary/core/client";

/** What taking a change back would do to one of its counters. */
export type TakenBack =
  /** The counter is as the change left it, and gets the value that it had before. */
  | { readonly kind: "restored"; readonly counter: CounterName; readonly from: number; readonly to: number }
  /** The counter has its earlier value already. */
  | { readonly kind: "there"; readonly counter: CounterName; readonly value: number }
  /** Someone has set another value since: it is left as it is. */
  | {
      readonly kind: "overwritten";
      readonly counter: CounterName;
      /** The value that the change made, and the one before it. */
      readonly made: number;
      readonly before: number;
      readonly now: number;
    };

/** The effect of taking a change back, before anything is staged or sent. */
export interface TakingBack {
  /** What would be sent: only counters that are still as the change left them. */
  readonly patch: InstallSummaryPatch;
  /** Its counters, in the order of the specification; none where it created the app, which has no values before it. */
  readonly counters: readonly TakenBack[];
}

/** What taking a change back would do to the summary that is there now. Nothing that others wrote since is overwritten. */
export function takeBack(change: ChangedCounters, current: InstallSummary): TakingBack {
  const { patch, conflicts } = invert(change, current);
  const counters = counterNames.flatMap((counter): readonly TakenBack[] => {
    const before = change.before[counter];
    const made = change.after[counter];
    const now = current[counter];
    if (before === undefined || made === undefined || before === made) return [];
    if (conflicts.some((conflict) => conflict.counter === counter))
      return [{ kind: "overwritten", counter, made, before, now }];
    const to = patch[counter];
    return to === undefined
      ? [{ kind: "there", counter, value: now }]
      : [{ kind: "restored", counter, from: now, to }];
  });
  return { patch, counters };
}

/** The latest of the changes after `version` that set a counter; `changes` are those of the app, in any order. */
export function overwriter(
  changes: readonly ListedChange[],
  version: number,
  counter: CounterName,
): ListedChange | undefined {
  let latest: ListedChange | undefined;
  for (const change of changes) {
    if (change.version <= version || change.after[counter] === undefined) continue;
    if (latest === undefined || change.version > latest.version) latest = change;
  }
  return latest;
}
