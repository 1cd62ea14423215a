import {
  counterNames,
  type CounterEdit,
  type CounterName,
  type InstallSummaryEdit,
  type InstallSummaryPatch,
} from "@install-summary/core";
import type { OvertakenChange } from "../../changes/drafts/draft.ts";
import { editedCounters, isSameEdit, withEdit, withoutCounter } from "./edit.ts";
import type { Pending } from "./sending.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** The edits of an app with the app as it was read when they began: their base. */
export interface StagedApp {
  readonly app: KnownApp;
  /** When that was, in milliseconds. */
  readonly readAt: number;
  /** Never empty. */
  readonly edits: InstallSummaryEdit;
  /** Stays behind when the others are sent. */
  readonly leftOut: boolean;
  /** The edits as they were sent, while it is not certain what became of them. Until then they do not change. */
  readonly pending: Pending | undefined;
  /** Whether the edits were sent on an older version, and may have been applied there. */
  readonly wasOvertaken: boolean;
  /** That change, until a log tells whether it was applied. */
  readonly overtaken?: OvertakenChange;
  /** Edited counters that others have changed since, each with the value that it had when it was edited. */
  readonly contested: InstallSummaryPatch;
  /** The version that the edits were made on, where they were moved to a newer one that the person has not been through. */
  readonly movedFrom?: KnownApp;
  /** Where the edits take a change back: the version that it made, and the values that were there before it. */
  readonly takesBack?: TakesBack;
}

/** Which change is taken back, by which values. */
export interface TakesBack {
  readonly version: number | undefined;
  readonly patch: InstallSummaryPatch;
}

/** What a step did to one app; undefined means nothing staged. */
export interface Step {
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

/** Before the first edit. */
export const nothingStaged: Staging = { apps: new Map(), done: [], undone: [] };

/** What a person makes of counters of an app: an edit of each, or none. */
export type Decisions = ReadonlyMap<CounterName, CounterEdit | undefined>;

/** That these are the edits of their counters. */
export function decisionsOf(edits: InstallSummaryEdit): Decisions {
  return new Map(editedCounters(edits).map((name) => [name, edits[name]]));
}

/**
 * Stages what a person makes of some counters of an app, which was read at `readAt`; one step for undo, and none where that
 * changes nothing. `takesBack` says which change it takes back.
 */
export function stageEdits(
  staging: Staging,
  app: KnownApp,
  decisions: Decisions,
  readAt: number,
  takesBack?: TakesBack,
): Staging {
  const before = staging.apps.get(app.id);
  const fresh = {
    app,
    readAt,
    edits: {},
    leftOut: false,
    pending: undefined,
    wasOvertaken: false,
    contested: {},
  };
  const marks = takesBack === undefined ? {} : { takesBack };
  const after = withDecisions({ ...fresh, ...before, ...marks }, decisions);
  const step = { appId: app.id, before, after };
  const isSame = countersOf(step).length === 0;
  if (isSame && takesBack === undefined) return staging;
  const apps = withStaged(staging.apps, app.id, after);
  return isSame ? { ...staging, apps } : { apps, done: [...staging.done, step], undone: [] };
}

/**
 * What is staged of an app with what a person makes of some of its counters; undefined where nothing is. Each of them is the
 * person's from then on, whatever the number: nothing of it is open, and no log that tells later what became of a change
 * alters it.
 */
export function withDecisions(staged: StagedApp, decisions: Decisions): StagedApp | undefined {
  let { edits, contested, overtaken } = staged;
  for (const [counter, edit] of decisions) {
    edits = withEdit(edits, counter, edit);
    contested = withoutCounter(contested, counter);
    overtaken &&= { ...overtaken, edits: withEdit(overtaken.edits, counter, undefined) };
  }
  if (editedCounters(edits).length === 0) return undefined;
  return { ...staged, edits, contested, ...(overtaken && { overtaken }) };
}

/** The counters whose edits a step has changed, or which it has decided. */
export function countersOf({ before, after }: Pick<Step, "before" | "after">): readonly CounterName[] {
  return counterNames.filter(
    (name) =>
      !isSameEdit(before?.edits[name], after?.edits[name]) ||
      before?.contested[name] !== after?.contested[name] ||
      !isSameEdit(before?.overtaken?.edits[name], after?.overtaken?.edits[name]),
  );
}

/** The change that the edits of an app take back, and nothing else; undefined where the person has edited more. */
export function takenBackBy({ edits, takesBack }: StagedApp): TakesBack | undefined {
  const isWhole = editedCounters(edits).every((name) => edits[name] === takesBack?.patch[name]);
  return isWhole ? takesBack : undefined;
}

/** What edits take back, for people. */
export function takenText({ version }: TakesBack): string {
  return version === undefined ? "what was sent" : `version ${version}`;
}

/** Excludes an app from what is sent, or includes it again. */
export function toggleLeftOut(staging: Staging, appId: string): Staging {
  const staged = staging.apps.get(appId);
  if (staged === undefined) return staging;
  return { ...staging, apps: withStaged(staging.apps, appId, { ...staged, leftOut: !staged.leftOut }) };
}

/** How many counters are edited, in all apps. */
export function countEdits(staging: Staging): number {
  let count = 0;
  for (const { edits } of staging.apps.values()) count += editedCounters(edits).length;
  return count;
}

/** What is staged with the edits of an app replaced; with undefined they are taken out. */
export function withStaged(
  apps: ReadonlyMap<string, StagedApp>,
  appId: string,
  staged: StagedApp | undefined,
): ReadonlyMap<string, StagedApp> {
  const next = new Map(apps);
  if (staged === undefined) next.delete(appId);
  else next.set(appId, staged);
  return next;
}
