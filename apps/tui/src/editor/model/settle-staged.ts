import { carryEdits, editedCounters } from "./edit.ts";
import type { Pending } from "./sending.ts";
import { withStaged, type StagedApp, type Staging, type Step } from "./staging.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** Takes everything of an app out of what is staged: no step can bring it back. */
export function settleApp(staging: Staging, appId: string): Staging {
  const isOther = (step: Step): boolean => step.appId !== appId;
  return {
    apps: withStaged(staging.apps, appId, undefined),
    done: staging.done.filter(isOther),
    undone: staging.undone.filter(isOther),
  };
}

/** Keeps with the edits of an app that they were sent, or, with undefined, that it is certain what became of them. */
export function setPending(staging: Staging, appId: string, pending: Pending | undefined): Staging {
  const staged = staging.apps.get(appId);
  return staged === undefined
    ? staging
    : { ...staging, apps: withStaged(staging.apps, appId, { ...staged, pending }) };
}

/**
 * Keeps the edits of an app as the values that were sent: its change may have been applied and changed again, and an
 * amount would then count twice. No step can bring the amounts back. What was sent is remembered, for a log that tells
 * later what became of it.
 */
export function keepAsSent(staging: Staging, appId: string): Staging {
  const staged = staging.apps.get(appId);
  if (staged?.pending === undefined) return staging;
  const { change, clientRequestId, sentAt } = staged.pending;
  const overtaken = { change, clientRequestId, sentAt, edits: staged.edits };
  const kept = { ...staged, edits: change.patch, pending: undefined, wasOvertaken: true, overtaken };
  const settled = settleApp(staging, appId);
  return { ...settled, apps: withStaged(staging.apps, appId, kept) };
}

/** Puts the edits of an app, those of its steps too, onto the version that was read at `readAt`. */
export function moveBase(staging: Staging, app: KnownApp, readAt: number): Staging {
  const moved = (staged: StagedApp | undefined): StagedApp | undefined => {
    if (staged === undefined) return undefined;
    const { edits, contested } = carryEdits(staged.edits, staged.app.installSummary, app.installSummary);
    if (editedCounters(edits).length === 0) return undefined;
    const movedFrom = staged.movedFrom ?? staged.app;
    // Each has the value that it was first typed on. A counter without an edit has nothing left to decide.
    const open = { ...contested, ...staged.contested };
    const left = editedCounters(open).filter((name) => edits[name] !== undefined);
    const still = Object.fromEntries(left.map((name) => [name, open[name]]));
    return { ...staged, app, readAt, edits, contested: still, movedFrom };
  };
  const movedStep = (step: Step): Step =>
    step.appId === app.id ? { ...step, before: moved(step.before), after: moved(step.after) } : step;
  return {
    apps: withStaged(staging.apps, app.id, moved(staging.apps.get(app.id))),
    done: staging.done.map(movedStep),
    undone: staging.undone.map(movedStep),
  };
}
