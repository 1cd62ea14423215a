import {
  applyPatch,
  counterMaximum,
  counterNames,
  diff,
  type CounterName,
  type InstallSummary,
  type InstallSummaryPatch,
} from "@install-summary/core";

/** What a person wants of one counter: a value, or so much more or less than there is. */
export type CounterEdit = number | { readonly add: number };

/** The edits of one app. A counter that is absent stays as it is. */
export type Edits = { readonly [Name in CounterName]?: CounterEdit };

/** What an edit makes of a value. */
export function editedValue(value: number, edit: CounterEdit): number {
  return typeof edit === "number" ? edit : value + edit.add;
}

/** The edits with one of them replaced, or taken out. */
export function withEdit(edits: Edits, counter: CounterName, edit: CounterEdit | undefined): Edits {
  const { [counter]: _, ...others } = edits;
  return edit === undefined ? others : { ...others, [counter]: edit };
}

/** The counters that are edited, in the order of the specification. */
export function editedCounters(edits: Edits): readonly CounterName[] {
  return counterNames.filter((name) => edits[name] !== undefined);
}

/** The summary as it would be with the edits. */
export function editedSummary(base: InstallSummary, edits: Edits): InstallSummary {
  const patch: { [Name in CounterName]?: number } = {};
  for (const name of editedCounters(edits)) {
    const edit = edits[name];
    if (edit !== undefined) patch[name] = editedValue(base[name], edit);
  }
  return applyPatch(base, patch);
}

/** The smallest patch that says what the edits say, in absolute values. */
export function patchOf(base: InstallSummary, edits: Edits): InstallSummaryPatch {
  return diff(base, editedSummary(base, edits));
}

/** Whether a value is one that a counter can have. */
export function isInRange(value: number): boolean {
  return value >= 0 && value <= counterMaximum;
}

/**
 * The edits, made on one version, as they are on another: a value that is there already needs no edit, and "so
 * much less" that no longer fits becomes the value that it made when it was typed.
 */
export function carryEdits(edits: Edits, from: InstallSummary, to: InstallSummary): Edits {
  let carried: Edits = {};
  for (const name of editedCounters(edits)) {
    const edit = edits[name];
    if (edit === undefined) continue;
    const value = isInRange(editedValue(to[name], edit)) ? edit : editedValue(from[name], edit);
    if (value !== to[name]) carried = withEdit(carried, name, value);
  }
  return carried;
}
