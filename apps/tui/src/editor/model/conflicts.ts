import { counterNames, type CounterEdit, type CounterName, type InstallSummary } from "@install-summary/core";
import { editedCounters, editedValue } from "./edit.ts";
import type { LineId } from "./editor-state.ts";
import {
  countersOf,
  withDecisions,
  withStaged,
  type Decisions,
  type StagedApp,
  type Staging,
} from "./staging.ts";

/** What became of a counter on its way from the version that it was edited on to the one that is there. */
export type ConflictKind =
  /** Both have changed it, and the person has not decided. */
  | "open"
  /** Only the person has, or both have and the person has decided. */
  | "mine"
  /** An amount, counted again on what others have made. */
  | "recounted"
  /** Only others have. */
  | "theirs";

/** A counter of an app that others have changed. */
export interface ConflictRow {
  readonly appId: string;
  readonly counter: CounterName;
  readonly kind: ConflictKind;
  readonly base: number;
  readonly theirs: number;
  readonly mine: CounterEdit | undefined;
  /** What would be sent; undefined where that is open, or nothing is. */
  readonly sends: number | undefined;
}

/** An app that others have changed since it was edited, with each counter that either side has changed. */
export interface ConflictApp {
  readonly staged: StagedApp;
  readonly rows: readonly ConflictRow[];
}

/** The apps whose edits were moved onto a newer version, until the person has been through them. */
export function conflictApps(staging: Staging): readonly ConflictApp[] {
  return [...staging.apps.values()].flatMap((staged) => {
    if (staged.movedFrom === undefined && !isOpen(staged)) return [];
    return [{ staged, rows: rowsOf(staged) }];
  });
}

/** The counters that the person can decide, from top to bottom. */
export function conflictLines(staging: Staging): readonly ConflictRow[] {
  return conflictApps(staging).flatMap(({ rows }) => rows.filter(({ kind }) => kind !== "theirs"));
}

/** Whether both sides have changed a counter of the app, and the person has not decided. */
export function isOpen({ contested }: StagedApp): boolean {
  return editedCounters(contested).length > 0;
}

/** How many counters both sides have changed, and the person has not decided. */
export function countOpen(staging: Staging): number {
  let count = 0;
  for (const { contested } of staging.apps.values()) count += editedCounters(contested).length;
  return count;
}

/** The line under the cursor; where it is gone, the first open one, or the first of all. */
export function currentConflict(staging: Staging, line: LineId | undefined): ConflictRow | undefined {
  const lines = conflictLines(staging);
  return (
    lines.find(({ appId, counter }) => appId === line?.appId && counter === line.counter) ??
    lines.find(({ kind }) => kind === "open") ??
    lines[0]
  );
}

/**
 * What is staged once the person has decided some counters of an app: an edit stays, or none is left. One step for undo, and
 * none where all of it was decided like that before.
 */
export function decideCounters(staging: Staging, appId: string, decisions: Decisions): Staging {
  const before = staging.apps.get(appId);
  if (before === undefined) return staging;
  const after = withDecisions(before, decisions);
  const step = { appId, before, after };
  if (countersOf(step).length === 0) return staging;
  return { apps: withStaged(staging.apps, appId, after), done: [...staging.done, step], undone: [] };
}

/** What is staged once the person has been through the apps that others have changed. */
export function settleConflicts(staging: Staging): Staging {
  const apps = new Map(staging.apps);
  for (const [appId, { movedFrom, ...staged }] of staging.apps) {
    if (movedFrom !== undefined && !isOpen(staged)) apps.set(appId, staged);
  }
  return { ...staging, apps };
}

function rowsOf(staged: StagedApp): readonly ConflictRow[] {
  const { app, edits, contested, movedFrom } = staged;
  const base = movedFrom?.installSummary ?? app.installSummary;
  return counterNames.flatMap((counter) => rowOf(staged, counter, base, edits[counter], contested[counter]));
}

function rowOf(
  { app }: StagedApp,
  counter: CounterName,
  from: InstallSummary,
  mine: CounterEdit | undefined,
  typedOn: number | undefined,
): readonly ConflictRow[] {
  const base = typedOn ?? from[counter];
  const theirs = app.installSummary[counter];
  const row = { appId: app.id, counter, base, theirs, mine };
  if (mine === undefined) return base === theirs ? [] : [{ ...row, kind: "theirs", sends: undefined }];
  if (typedOn !== undefined) return [{ ...row, kind: "open", sends: undefined }];
  const kind = typeof mine !== "number" && base !== theirs ? "recounted" : "mine";
  return [{ ...row, kind, sends: editedValue(theirs, mine) }];
}
