import type { CounterName } from "@install-summary/core";
import type { ChangeRecord } from "@install-summary/core/client";
import { editedCounters, editedValue, isInRange, withEdit, withoutCounter } from "./edit.ts";
import { countersOf, withStaged, type StagedApp, type Staging, type Step } from "./staging.ts";

/**
 * What is staged once a log has told what became of the change of an app that others overtook, in the steps that the person
 * has made since too: what is not of the change can still be undone, and no step brings the rest back.
 */
export function settleOvertaken(staging: Staging, appId: string, record: ChangeRecord): Staging {
  const left = (staged: StagedApp | undefined): StagedApp | undefined => staged && leftOf(staged, record);
  const leftSteps = (steps: readonly Step[]): readonly Step[] =>
    steps.flatMap((step) => {
      if (step.appId !== appId) return [step];
      const settled = { appId, before: left(step.before), after: left(step.after) };
      return countersOf(settled).length === 0 ? [] : [settled];
    });
  return {
    apps: withStaged(staging.apps, appId, left(staging.apps.get(appId))),
    done: leftSteps(staging.done),
    undone: leftSteps(staging.undone),
  };
}

/**
 * What is left of an app once a log has told; undefined where nothing is. What the person has made of a counter since stays.
 * Of the others nothing is left where the change was applied; where it was not, each is as it was typed, so that an amount is
 * counted again on what is there.
 */
export function leftOf(staged: StagedApp, record: ChangeRecord): StagedApp | undefined {
  const { overtaken, ...known } = staged;
  if (overtaken === undefined) return staged;
  const settled = editedCounters(overtaken.edits).reduce<StagedApp>((left, name) => {
    if (record === "applied") return withEditOf(left, name, undefined);
    const edit = overtaken.edits[name];
    // A value stays as it is, and so does an amount that no longer fits.
    if (edit === undefined || typeof edit === "number") return left;
    return isInRange(editedValue(left.app.installSummary[name], edit)) ? withEditOf(left, name, edit) : left;
  }, known);
  return editedCounters(settled.edits).length === 0 ? undefined : { ...settled, wasOvertaken: false };
}

function withEditOf(staged: StagedApp, name: CounterName, edit: StagedApp["edits"][CounterName]): StagedApp {
  const { edits, contested } = staged;
  return { ...staged, edits: withEdit(edits, name, edit), contested: withoutCounter(contested, name) };
}
