import {
  applyPatch,
  counterMaximum,
  counterNames,
  rebase,
  type CounterEdit,
  type CounterName,
  type InstallSummary,
  type InstallSummaryEdit,
  type InstallSummaryPatch,
} from "@install-summary/core";

/** What an edit makes of a value. */
export function editedValue(value: number, edit: CounterEdit): number {
  return typeof edit === "number" ? edit : value + edit.add;
}

/** The edits with one of them replaced, or taken out. */
export function withEdit(
  edits: InstallSummaryEdit,
  counter: CounterName,
  edit: CounterEdit | undefined,
): InstallSummaryEdit {
  const { [counter]: _, ...others } = edits;
  return edit === undefined ? others : { ...others, [counter]: edit };
}

/** The values without the one of a counter. */
export function withoutCounter(values: InstallSummaryPatch, counter: CounterName): InstallSummaryPatch {
  const { [counter]: _, ...others } = values;
  return others;
}

/** Whether two edits of a counter are one. */
export function isSameEdit(one: CounterEdit | undefined, other: CounterEdit | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The counters that are edited, in the order of the specification. */
export function editedCounters(edits: InstallSummaryEdit): readonly CounterName[] {
  return counterNames.filter((name) => edits[name] !== undefined);
}

/** Whether some edit is an amount: an equal one of someone else does not stand for it. */
export function hasAmount(edits: InstallSummaryEdit): boolean {
  return Object.values(edits).some((edit) => typeof edit === "object");
}

/** The summary as it would be with the edits. */
export function editedSummary(base: InstallSummary, edits: InstallSummaryEdit): InstallSummary {
  return applyPatch(base, patchOf(base, edits));
}

/** The smallest patch that says what the edits, which were made on this version, say in absolute values. */
export function patchOf(base: InstallSummary, edits: InstallSummaryEdit): InstallSummaryPatch {
  return rebase(base, edits, base).patch;
}

/** Whether a value is one that a counter can have. */
export function isInRange(value: number): boolean {
  return value >= 0 && value <= counterMaximum;
}

/** Edits on another version than the one that they were made on. */
export interface CarriedEdits {
  readonly edits: InstallSummaryEdit;
  /** The values that others have changed too, as they were when the edits of these counters were made. */
  readonly contested: InstallSummaryPatch;
}

/**
 * Carries edits from one version to another, where they keep their meaning whatever others have changed: a value that
 * is already there needs no edit, and an amount that no longer fits becomes the value that it made when it was typed.
 */
export function carryEdits(
  edits: InstallSummaryEdit,
  from: InstallSummary,
  to: InstallSummary,
): CarriedEdits {
  const { patch, conflicts } = rebase(from, edits, to);
  let carried: InstallSummaryEdit = {};
  let contested: InstallSummaryPatch = {};
  for (const name of editedCounters(patch)) carried = withEdit(carried, name, edits[name]);
  for (const { counter, base, mine } of conflicts) {
    const value = editedValue(base, mine);
    if (value === to[counter]) continue;
    carried = withEdit(carried, counter, value);
    contested = { ...contested, [counter]: base };
  }
  for (const name of restatedCounters(edits, from, to)) {
    carried = withEdit(carried, name, edits[name]);
    contested = { ...contested, [name]: from[name] };
  }
  return { edits: carried, contested };
}

/**
 * The counters whose value a person has typed again as it was in one version, while the other one has another value: there
 * both have changed it.
 */
export function restatedCounters(
  edits: InstallSummaryEdit,
  from: InstallSummary,
  to: InstallSummary,
): readonly CounterName[] {
  return counterNames.filter((name) => edits[name] === from[name] && to[name] !== from[name]);
}

/** The counters whose edits others have made by themselves on the way to another version: there they are no edits. */
export function metCounters(
  edits: InstallSummaryEdit,
  from: InstallSummary,
  to: InstallSummary,
): readonly CounterName[] {
  const carried = carryEdits(edits, from, to);
  return editedCounters(edits).filter((name) => carried.edits[name] === undefined);
}
