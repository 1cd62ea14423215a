import { counterMaximum, counterNames, type CounterName } from "../resource/counters.ts";
import type { InstallSummary, InstallSummaryPatch } from "../resource/install-summary.ts";
import { applyPatch } from "./apply-patch.ts";
import { checkEdit, type CounterEdit, type InstallSummaryEdit } from "./edit.ts";

/** A counter whose edit needs a decision. */
export interface EditConflict {
  readonly counter: CounterName;
  /** The value on which the edit was made. */
  readonly base: number;
  /** The edit, as it was given. */
  readonly mine: CounterEdit;
  /** The current value. */
  readonly theirs: number;
  /**
   * `changed`: the edit sets a value, and someone else has set another one since. `range`: the edit adds so much, or so
   * little, that the sum leaves the range of a counter.
   */
  readonly reason: "changed" | "range";
}

/** An edit carried onto another version of the summary. */
export interface RebasedEdit {
  /** The smallest patch that makes the edit on the current summary, without the conflicts. */
  readonly patch: InstallSummaryPatch;
  /** In the order of the specification. */
  readonly conflicts: readonly EditConflict[];
}

/**
 * Carries an edit that was made on `base` onto `theirs`.
 *
 * A value conflicts exactly when `theirs` has changed from `base` to a third value. A relative edit is added to `theirs`,
 * so two people who add 5 and 3 make 8; it conflicts exactly when the sum is below 0 or above 2147483647. On its own base,
 * `rebase(base, mine, base)`, an edit becomes the patch that it means there.
 *
 * Throws `GraphError` 400 for an invalid edit.
 */
export function rebase(base: InstallSummary, mine: InstallSummaryEdit, theirs: InstallSummary): RebasedEdit {
  checkEdit(mine, base.id);
  const patch: { [Name in CounterName]?: number } = {};
  const conflicts: EditConflict[] = [];
  for (const counter of counterNames) {
    const wanted = mine[counter];
    if (wanted === undefined) continue;
    const current = theirs[counter];
    // Zero is added so that -0 becomes 0.
    const value = typeof wanted === "number" ? wanted + 0 : current + wanted.add;
    const reason =
      typeof wanted === "number" ? checkChanged(base[counter], current, value) : checkRange(value);
    if (reason !== undefined)
      conflicts.push({ counter, base: base[counter], mine: wanted, theirs: current, reason });
    else if (value !== current) patch[counter] = value;
  }
  return { patch, conflicts };
}

/** The counters of a change before and after it: an entry of the change log, or two whole summaries. */
export interface ChangedCounters {
  readonly before: InstallSummaryPatch;
  readonly after: InstallSummaryPatch;
}

/**
 * Makes the patch that undoes a change, carried onto the current summary. A counter that someone has set to another value
 * since is a conflict, with the value after the change as `base` and the value before it as `mine`. A counter without a
 * value before the change, as of an app that the change created, is left alone.
 */
export function invert({ before, after }: ChangedCounters, current: InstallSummary): RebasedEdit {
  const inverse: { [Name in CounterName]?: number } = {};
  for (const counter of counterNames) {
    const old = before[counter];
    const changed = after[counter];
    if (old !== undefined && changed !== undefined && old !== changed) inverse[counter] = old;
  }
  return rebase(applyPatch(current, after), inverse, current);
}

function checkChanged(base: number, theirs: number, value: number): "changed" | undefined {
  return theirs === base || theirs === value ? undefined : "changed";
}

function checkRange(value: number): "range" | undefined {
  return value >= 0 && value <= counterMaximum ? undefined : "range";
}
