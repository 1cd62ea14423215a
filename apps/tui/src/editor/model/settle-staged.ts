import type { CounterName, InstallSummaryPatch } from "@install-summary/core";
import { carryEdits, editedCounters, metCounters } from "./edit.ts";
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

/**
 * Puts the edits of an app, those of its steps too, onto the version that was read at `readAt`. Edits that are its values
 * already are staged no more, which is a step that brings them back: undo stages them as they were typed.
 */
export function moveBase(staging: Staging, app: KnownApp, readAt: number): Staging {
  const before = staging.apps.get(app.id);
  const after = before && moved(before, app, readAt);
  // What a step would bring back is whole, on the version that it was typed on.
  const kept = (staged: StagedApp | undefined): StagedApp | undefined =>
    staged === undefined || metBy(app, staged).length > 0 ? staged : moved(staged, app, readAt);
  const movedStep = (step: Step): Step =>
    step.appId === app.id ? { ...step, before: kept(step.before), after: kept(step.after) } : step;
  const taken = before !== undefined && metBy(app, before).length > 0;
  const done = staging.done.map(movedStep);
  return {
    apps: withStaged(staging.apps, app.id, after),
    done: taken ? [...done, { appId: app.id, before, after }] : done,
    // As with any new step: what was taken back before it has the edits that are there already too.
    undone: taken ? [] : staging.undone.map(movedStep),
  };
}

/** The edited counters of which a version of the app has the wanted value already, made by others. */
export function metBy(app: KnownApp, staged: StagedApp): readonly CounterName[] {
  return metCounters(staged.edits, staged.app.installSummary, app.installSummary);
}

/** What would be contested of edits on a version of the app: each counter with the value that it had when it was edited. */
export function contestedOn(staged: StagedApp, app: KnownApp): InstallSummaryPatch {
  return moved(staged, app, staged.readAt)?.contested ?? {};
}

function moved(staged: StagedApp, app: KnownApp, readAt: number): StagedApp | undefined {
  const { edits, contested } = carryEdits(staged.edits, staged.app.installSummary, app.installSummary);
  if (editedCounters(edits).length === 0) return undefined;
  const movedFrom = staged.movedFrom ?? staged.app;
  // Each has the value that it was first typed on. A counter without an edit has nothing left to decide.
  const open = { ...contested, ...staged.contested };
  const left = editedCounters(open).filter((name) => edits[name] !== undefined);
  const still = Object.fromEntries(left.map((name) => [name, open[name]]));
  return { ...staged, app, readAt, edits, contested: still, movedFrom };
}
