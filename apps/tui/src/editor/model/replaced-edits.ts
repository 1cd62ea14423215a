import type { InstallSummaryEdit, InstallSummaryPatch } from "@install-summary/core";
import { editedCounters, isSameEdit, withEdit } from "./edit.ts";
import type { StagedApp, Staging } from "./staging.ts";

/** The edits of an app that others would come in place of: those of the same counters, where they are not the same. */
export function replacedBy(staged: StagedApp | undefined, patch: InstallSummaryPatch): InstallSummaryEdit {
  let replaced: InstallSummaryEdit = {};
  for (const name of editedCounters(patch)) {
    const edit = staged?.edits[name];
    if (!isSameEdit(edit, patch[name])) replaced = withEdit(replaced, name, edit);
  }
  return replaced;
}

/** The edits of an app that taking a change back has come in place of, for as long as that stands and undo brings them back. */
export function replacedEdits({ done }: Staging, staged: StagedApp): InstallSummaryEdit {
  if (staged.takesBack === undefined) return {};
  let replaced: InstallSummaryEdit = {};
  let put: InstallSummaryPatch = {};
  for (const { appId, before, after } of done) {
    const taken = after?.takesBack;
    if (appId !== staged.app.id || taken === undefined || taken === before?.takesBack) continue;
    for (const name of editedCounters(taken.patch)) {
      const edit = before?.edits[name];
      // Where one taking back follows another it is still what was typed that both have replaced.
      if (edit !== undefined && edit === put[name]) continue;
      replaced = withEdit(replaced, name, isSameEdit(edit, taken.patch[name]) ? undefined : edit);
    }
    put = { ...put, ...taken.patch };
  }
  for (const name of editedCounters(replaced)) {
    if (staged.edits[name] !== put[name]) replaced = withEdit(replaced, name, undefined);
  }
  return replaced;
}
