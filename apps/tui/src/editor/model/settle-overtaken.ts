import type { CounterName } from "@install-summary/core";
import { editedCounters, editedValue, isInRange, withEdit } from "./edit.ts";
import { withStaged, type StagedApp, type Staging, type Step } from "./staging.ts";
import { countersOf } from "./undo-steps.ts";

/**
 * What is staged once a log has told that the change which others overtook was applied: what the person has typed or
 * decided since. No step can bring the rest back.
 */
export function settleApplied(staging: Staging, appId: string): Staging {
  return settle(staging, appId, (staged) => {
    const sent = undecided(staged);
    return sent.reduce((left, name) => withoutCounter(left, name), staged);
  });
}

/**
 * What is staged once a log has told that it was not applied: its edits as they were typed, so that an amount is counted
 * again on what is there.
 */
export function settleNotApplied(staging: Staging, appId: string): Staging {
  return settle(staging, appId, (staged) => {
    const typed = staged.overtaken?.edits ?? {};
    return undecided(staged).reduce((left, name) => {
      const edit = typed[name];
      // A value stays as it is, and so does an amount that no longer fits.
      if (edit === undefined || typeof edit === "number") return left;
      if (!isInRange(editedValue(left.app.installSummary[name], edit))) return left;
      const { edits, contested } = withoutCounter(left, name);
      return { ...left, edits: { ...edits, [name]: edit }, contested };
    }, staged);
  });
}

/** The counters whose edits are still what was sent, and not what the person has typed or decided since. */
function undecided({ edits, overtaken }: StagedApp): readonly CounterName[] {
  const sent = overtaken?.change.patch ?? {};
  return editedCounters(overtaken?.edits ?? {}).filter(
    (name) => sent[name] !== undefined && edits[name] === sent[name],
  );
}

function withoutCounter(staged: StagedApp, name: CounterName): StagedApp {
  const { [name]: _, ...contested } = staged.contested;
  return { ...staged, edits: withEdit(staged.edits, name, undefined), contested };
}

/** Settles an app, in the steps that the person has made since too: what is not of the change can still be undone. */
function settle(staging: Staging, appId: string, settled: (staged: StagedApp) => StagedApp): Staging {
  const left = (staged: StagedApp | undefined): StagedApp | undefined => {
    if (staged === undefined) return undefined;
    const { overtaken: _, ...kept } = settled(staged);
    return editedCounters(kept.edits).length === 0 ? undefined : { ...kept, wasOvertaken: false };
  };
  const leftSteps = (steps: readonly Step[]): readonly Step[] =>
    steps.flatMap((step) => {
      if (step.appId !== appId) return [step];
      const settledStep = { appId, before: left(step.before), after: left(step.after) };
      return countersOf(settledStep).length === 0 ? [] : [settledStep];
    });
  return {
    apps: withStaged(staging.apps, appId, left(staging.apps.get(appId))),
    done: leftSteps(staging.done),
    undone: leftSteps(staging.undone),
  };
}
