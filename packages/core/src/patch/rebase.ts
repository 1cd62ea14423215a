import { counterMaximum, counterNames, type CounterName } from "../resource/counters.ts";
import { checkEdit, type CounterEdit, type InstallSummaryEdit } from "./edit.ts";
import type { InstallSummary, InstallSummaryPatch } from "../resource/install-summary.ts";
import { applyPatch } from "./apply-patch.ts";

/** A counter of which an edit cannot be kept without asking. */
export interface EditConflict {
  readonly counter: CounterName;
  /** The value that the edit was made on. */
  readonly base: number;
  /** What the edit wants, as it was given. */
  readonly mine: CounterEdit;
  /** The value that is there now. */
  readonly theirs: number;
  /**
   * `changed`: the edit names a value, and someone else has set another one since. `range`: the edit adds or takes
   * off so much that the sum is no value that a counter can have.
   */
  readonly reason: "changed" | "range";
}

/** What is left of an edit on another version of the summary. */
export interface RebasedEdit {
  /** The smallest patch that brings the edit onto the summary that is there now, but for the conflicts. */
  readonly patch: InstallSummaryPatch;
  /** In the order of the specification. */
  readonly conflicts: readonly EditConflict[];
}

/**
 * Carries an edit, made on `base`, onto `theirs`.
 *
 * A value conflicts exactly when `theirs` has left `base` for yet another value. A relative edit is counted again on
 * `theirs`, so two people who add 5 and 3 make 8; it conflicts exactly when the sum leaves 0 … 2147483647. On its
 * own base (`rebase(base, mine, base)`) an edit becomes the patch that it means there.
 *
 * Throws `GraphError` 400 for what is no edit.
 */
export function rebase(base: InstallSummary, mine: InstallSummaryEdit, theirs: InstallSummary): RebasedEdit {
  checkEdit(mine, base.id);
  const patch: { [Name in CounterName]?: number } = {};
  const conflicts: EditConflict[] = [];
  for (const counter of counterNames) {
    const wanted = mine[counter];
    if (wanted === undefined) continue;
    const there = theirs[counter];
    // Zero is added so that -0 becomes 0.
    const value = typeof wanted === "number" ? wanted + 0 : there + wanted.add;
    const reason = typeof wanted === "number" ? changed(base[counter], there, value) : outOfRange(value);
    if (reason !== undefined)
      conflicts.push({ counter, base: base[counter], mine: wanted, theirs: there, reason });
    else if (value !== there) patch[counter] = value;
  }
  return { patch, conflicts };
}

/** What a change made of some counters, such as an entry of the change log, or two whole summaries. */
export interface ChangedCounters {
  readonly before: InstallSummaryPatch;
  readonly after: InstallSummaryPatch;
}

/**
 * Takes a change back: the inverse change, carried onto what is there now. Counters that someone set to another
 * value since are conflicts, with what the change made as `base` and what it found as `mine`. A counter that had no
 * value before (of an app that the change created) is left alone.
 */
export function invert({ before, after }: ChangedCounters, current: InstallSummary): RebasedEdit {
  const inverse: { [Name in CounterName]?: number } = {};
  for (const counter of counterNames) {
    const found = before[counter];
    const made = after[counter];
    if (found !== undefined && made !== undefined && found !== made) inverse[counter] = found;
  }
  return rebase(applyPatch(current, after), inverse, current);
}

function changed(base: number, theirs: number, value: number): "changed" | undefined {
  return theirs === base || theirs === value ? undefined : "changed";
}

function outOfRange(value: number): "range" | undefined {
  return value >= 0 && value <= counterMaximum ? undefined : "range";
}
