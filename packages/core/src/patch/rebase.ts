import { counterMaximum, counterNames, type CounterName } from "../resource/counters.ts";
import type { InstallSummary, InstallSummaryPatch } from "../resource/install-summary.ts";
import { requireCounters, requireSummary } from "../resource/require-summary.ts";
import { applyPatch } from "./decide-patch.ts";
import { parseEdit, type CounterEdit, type InstallSummaryEdit } from "./edit.ts";
import { requireMembers, requireNames } from "../text/require-members.ts";

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
 * A value that is equal to the one in `base` is not an edit, as in every three-way merge: what is there stays. Any other
 * value conflicts exactly when `theirs` has changed from `base` to a third value. A relative edit is added to `theirs`,
 * so two people who add 5 and 3 make 8; it conflicts exactly when the sum is below 0 or above 2147483647. On its own base,
 * `rebase(base, mine, base)`, an edit becomes the patch that it means there.
 *
 * Only values are compared: a counter that was changed and changed back in between counts as untouched.
 *
 * Throws `GraphError` 400 for an invalid edit, and `TypeError` for anything but two whole summaries of one app.
 */
export function rebase(base: InstallSummary, mine: InstallSummaryEdit, theirs: InstallSummary): RebasedEdit {
  requireSummary("base of rebase", base);
  requireSummary("theirs of rebase", theirs, base.id);
  const edit = parseEdit(mine, base.id);
  const patch: { [Name in CounterName]?: number } = {};
  const conflicts: EditConflict[] = [];
  for (const counter of counterNames) {
    const wanted = edit[counter];
    if (wanted === undefined || wanted === base[counter]) continue;
    // Zero is added so that -0 becomes 0.
    const [was, current] = [base[counter] + 0, theirs[counter] + 0];
    const value = typeof wanted === "number" ? wanted : current + wanted.add;
    const reason = typeof wanted === "number" ? checkChanged(was, current, value) : checkRange(value);
    if (reason !== undefined) conflicts.push({ counter, base: was, mine: wanted, theirs: current, reason });
    else if (value !== current) patch[counter] = value;
  }
  return { patch, conflicts };
}

/** The counters of a change before and after it: an entry of the change log, or two whole summaries. */
export interface ChangedCounters {
  readonly before: InstallSummaryPatch;
  readonly after: InstallSummaryPatch;
}

/** How a change is undone. */
export interface InvertOptions {
  /**
   * Whether to take back by how much the change moved each counter, instead of its value: an undo of +5 is then -5 on
   * whatever others have made of the counter since, and conflicts by range only.
   *
   * @default false
   */
  readonly relative?: boolean | undefined;
}

/**
 * Makes the patch that undoes a change, carried onto the current summary. A counter that someone has set to another value
 * since is a conflict, with the value after the change as `base` and the value before it as `mine`. A counter without a
 * value before the change, as of an app that the change created, is left alone.
 *
 * Throws `TypeError` for anything but counters of one app.
 */
export function invert(
  change: ChangedCounters,
  current: InstallSummary,
  options: InvertOptions = {},
): RebasedEdit {
  requireMembers("change of invert", change);
  requireNames("options of invert", options, ["relative"]);
  const { relative = false } = options;
  requireSummary("current of invert", current);
  const before = requireCounters("before of invert", change.before, current.id);
  const after = requireCounters("after of invert", change.after, current.id);
  const inverse: { [Name in CounterName]?: CounterEdit } = {};
  for (const counter of counterNames) {
    const old = before[counter];
    const changed = after[counter];
    if (old === undefined || changed === undefined || old === changed) continue;
    inverse[counter] = relative ? { add: old - changed } : old;
  }
  return rebase(applyPatch(current, after), inverse, current);
}

function checkChanged(base: number, theirs: number, value: number): "changed" | undefined {
  return theirs === base || theirs === value ? undefined : "changed";
}

function checkRange(value: number): "range" | undefined {
  return value >= 0 && value <= counterMaximum ? undefined : "range";
}
