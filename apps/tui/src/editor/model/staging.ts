import type { CounterName, InstallSummaryEdit } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { carryEdits, editedCounters } from "./edit.ts";
import type { Pending } from "./sending.ts";

/** The edits of an app with the app as it was read when they began: their base. */
export interface StagedApp {
  readonly app: ListedApp;
  /** Never empty. */
  readonly edits: InstallSummaryEdit;
  /** Stays behind when the others are sent. */
  readonly leftOut: boolean;
  /** The edits as they were sent, while it is not certain what became of them. Until then they do not change. */
  readonly pending: Pending | undefined;
  /** Whether the edits were sent on an older version, and may have been applied there. */
  readonly wasOvertaken: boolean;
}

/** What a step did to one app; undefined means nothing staged. */
interface Step {
  readonly appId: string;
  readonly before: StagedApp | undefined;
  readonly after: StagedApp | undefined;
}

/** Everything that is staged, and how it came about. */
export interface Staging {
  /** By app id, in the order in which apps were first touched. */
  readonly apps: ReadonlyMap<string, StagedApp>;
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}

export const nothingStaged: Staging = { apps: new Map(), done: [], undone: [] };

/** Makes `edits` the staged edits of an app; one step for undo. */
export function stageEdits(staging: Staging, app: ListedApp, edits: InstallSummaryEdit): Staging {
  const before = staging.apps.get(app.id);
  const fresh = { app, leftOut: false, pending: undefined, wasOvertaken: false };
  const after = editedCounters(edits).length === 0 ? undefined : { ...fresh, ...before, edits };
  if (before === undefined && after === undefined) return staging;
  return {
    apps: put(staging.apps, app.id, after),
    done: [...staging.done, { appId: app.id, before, after }],
    undone: [],
  };
}

/** A step that was undone or redone, and what is staged after that. */
export interface Restored {
  readonly staging: Staging;
  readonly appId: string;
  /** The counters whose edits differ from before. */
  readonly counters: readonly CounterName[];
  readonly app: ListedApp | undefined;
}

/** Undoes the last step. */
export function undoStep(staging: Staging): Restored | undefined {
  const step = staging.done.at(-1);
  if (step === undefined) return undefined;
  const apps = put(staging.apps, step.appId, step.before);
  const next = { apps, done: staging.done.slice(0, -1), undone: [...staging.undone, step] };
  return restored(next, step);
}

/** Redoes the step that was undone last. */
export function redoStep(staging: Staging): Restored | undefined {
  const step = staging.undone.at(-1);
  if (step === undefined) return undefined;
  const apps = put(staging.apps, step.appId, step.after);
  const next = { apps, done: [...staging.done, step], undone: staging.undone.slice(0, -1) };
  return restored(next, step);
}

/** Takes everything of an app out of what is staged: no step can bring it back. */
export function settleApp(staging: Staging, appId: string): Staging {
  const isOther = (step: Step): boolean => step.appId !== appId;
  return {
    apps: put(staging.apps, appId, undefined),
    done: staging.done.filter(isOther),
    undone: staging.undone.filter(isOther),
  };
}

/** Keeps with the edits of an app that they were sent, or, with undefined, that it is certain what became of them. */
export function setPending(staging: Staging, appId: string, pending: Pending | undefined): Staging {
  const staged = staging.apps.get(appId);
  return staged === undefined
    ? staging
    : { ...staging, apps: replace(staging.apps, appId, { ...staged, pending }) };
}

/**
 * Keeps the edits of an app as the values that were sent: its change may have been applied and changed again, and an
 * amount would then count twice. No step can bring the amounts back.
 */
export function keepAsSent(staging: Staging, appId: string): Staging {
  const staged = staging.apps.get(appId);
  if (staged?.pending === undefined) return staging;
  const edits = staged.pending.change.patch;
  const kept = { ...staged, edits, pending: undefined, wasOvertaken: true };
  const settled = settleApp(staging, appId);
  return { ...settled, apps: replace(staging.apps, appId, kept) };
}

/** The app of the last step that can be undone, or redone. */
export function stepOf({ done, undone }: Staging, which: "undo" | "redo"): string | undefined {
  return (which === "undo" ? done : undone).at(-1)?.appId;
}

/** Puts the edits of an app, those of its steps too, onto the version that was just read. */
export function moveBase(staging: Staging, app: ListedApp): Staging {
  const moved = (staged: StagedApp | undefined): StagedApp | undefined => {
    if (staged === undefined) return undefined;
    const edits = carryEdits(staged.edits, staged.app.installSummary, app.installSummary);
    return editedCounters(edits).length === 0 ? undefined : { ...staged, app, edits };
  };
  const movedStep = (step: Step): Step =>
    step.appId === app.id ? { ...step, before: moved(step.before), after: moved(step.after) } : step;
  return {
    apps: put(staging.apps, app.id, moved(staging.apps.get(app.id))),
    done: staging.done.map(movedStep),
    undone: staging.undone.map(movedStep),
  };
}

/** Excludes an app from what is sent, or includes it again. */
export function toggleLeftOut(staging: Staging, appId: string): Staging {
  const staged = staging.apps.get(appId);
  if (staged === undefined) return staging;
  return { ...staging, apps: replace(staging.apps, appId, { ...staged, leftOut: !staged.leftOut }) };
}

/** How many counters are edited, in all apps. */
export function countEdits(staging: Staging): number {
  let count = 0;
  for (const { edits } of staging.apps.values()) count += editedCounters(edits).length;
  return count;
}

function restored(staging: Staging, { appId, before, after }: Step): Restored {
  const names = new Set([...editedCounters(before?.edits ?? {}), ...editedCounters(after?.edits ?? {})]);
  const counters = [...names].filter((name) => before?.edits[name] !== after?.edits[name]);
  return { staging, appId, counters, app: before?.app ?? after?.app };
}

function put(
  apps: ReadonlyMap<string, StagedApp>,
  appId: string,
  staged: StagedApp | undefined,
): ReadonlyMap<string, StagedApp> {
  if (staged !== undefined) return replace(apps, appId, staged);
  const others = new Map(apps);
  others.delete(appId);
  return others;
}

function replace(
  apps: ReadonlyMap<string, StagedApp>,
  appId: string,
  staged: StagedApp,
): ReadonlyMap<string, StagedApp> {
  return new Map(apps).set(appId, staged);
}
