import { counterNames, type InstallSummaryEdit, type InstallSummaryPatch } from "@install-summary/core";
import type { OvertakenChange } from "../../changes/drafts/draft.ts";
import { editedCounters, isSameEdit } from "./edit.ts";
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

/**
 * Makes `edits` the staged edits of an app, which was read at `readAt`; one step for undo, and none where they are that
 * already. `takesBack` says which change they take back.
 */
export function stageEdits(
  staging: Staging,
  app: KnownApp,
  edits: InstallSummaryEdit,
  readAt: number,
  takesBack?: TakesBack,
): Staging {
  const before = staging.apps.get(app.id);
  const fresh = { app, readAt, leftOut: false, pending: undefined, wasOvertaken: false };
  const contested = stillContested(before, edits);
  const marks = takesBack === undefined ? {} : { takesBack };
  const after =
    editedCounters(edits).length === 0 ? undefined : { ...fresh, ...before, edits, contested, ...marks };
  const isSame = counterNames.every((name) => isSameEdit(before?.edits[name], edits[name]));
  if (isSame && takesBack === undefined) return staging;
  const apps = withStaged(staging.apps, app.id, after);
  if (isSame) return { ...staging, apps };
  return {
    apps,
    done: [...staging.done, { appId: app.id, before, after }],
    undone: [],
  };
}

/** The change that the edits of an app take back, and nothing else; undefined where the person has edited more. */
export function takenBackBy({ edits, takesBack }: StagedApp): TakesBack | undefined {
  const isWhole = editedCounters(edits).every((name) => edits[name] === takesBack?.patch[name]);
  return isWhole ? takesBack : undefined;
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

/** A counter whose edit was made anew is edited on the value that is there now. */
function stillContested(before: StagedApp | undefined, edits: InstallSummaryEdit): InstallSummaryPatch {
  if (before === undefined) return {};
  const names = editedCounters(before.contested).filter((name) => edits[name] === before.edits[name]);
  return Object.fromEntries(names.map((name) => [name, before.contested[name]]));
}
