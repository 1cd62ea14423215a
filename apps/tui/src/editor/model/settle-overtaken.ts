import type { CounterName } from "@install-summary/core";
import { editedCounters, editedValue, isInRange, withEdit } from "./edit.ts";
import { settleApp } from "./settle-staged.ts";
import { withStaged, type StagedApp, type Staging } from "./staging.ts";

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

function settle(staging: Staging, appId: string, settled: (staged: StagedApp) => StagedApp): Staging {
  const staged = staging.apps.get(appId);
  if (staged === undefined) return staging;
  const { overtaken: _, ...left } = settled(staged);
  const kept = editedCounters(left.edits).length === 0 ? undefined : { ...left, wasOvertaken: false };
  return { ...settleApp(staging, appId), apps: withStaged(staging.apps, appId, kept) };
}
