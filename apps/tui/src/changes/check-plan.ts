import {
  applyPatch,
  counterNames,
  diff,
  type CounterName,
  matchesETag,
  rebase,
  type EditConflict,
  type InstallSummaryPatch,
} from "@install-summary/core";
import type { PlannedChange } from "./plan.ts";
import type { KnownApp } from "../words/known-app.ts";

/** What has become of the app of a planned change since the plan was made. */
export type CheckedChange =
  | {
      /** It can be sent: on the version of the plan, or on a newer one that it was moved onto. */
      readonly state: "ready";
      readonly change: PlannedChange;
      readonly app: KnownApp;
      readonly isMoved: boolean;
    }
  /** The values are there already. */
  | { readonly state: "unchanged"; readonly change: PlannedChange; readonly app: KnownApp }
  | {
      /** Someone else has changed the app; `conflicts` are the counters that cannot be moved. */
      readonly state: "stale";
      readonly change: PlannedChange;
      readonly app: KnownApp;
      readonly conflicts: readonly EditConflict[];
      /** Counters that others have changed and changed back, as a log tells. */
      readonly changedBack?: readonly CounterName[];
    }
  | { readonly state: "unknown"; readonly change: PlannedChange };

/** A change that can be sent. */
export type ReadyChange = Extract<CheckedChange, { readonly state: "ready" }>;

/**
 * Compares a planned change with its app as it is now. An app is as it was planned for when it has that version and those
 * values; a version alone may be that of a store that was made anew. With `rebases` a change is moved onto a newer version
 * where its counters are as they were.
 */
export function checkChange(
  change: PlannedChange,
  app: KnownApp | undefined,
  { rebases }: { readonly rebases: boolean },
): CheckedChange {
  if (app === undefined) return { state: "unknown", change };
  const now = app.installSummary;
  if (isEmpty(diff(now, applyPatch(now, change.patch)))) return { state: "unchanged", change, app };
  const isSameVersion = !isOtherVersion(change, app);
  const isSame = counterNames.every(
    (name) => change.before[name] === undefined || change.before[name] === now[name],
  );
  if (isSameVersion && isSame) return { state: "ready", change, app, isMoved: false };
  const { conflicts } = rebase(applyPatch(now, change.before), change.patch, now);
  if (rebases && conflicts.length === 0) return { state: "ready", change, app, isMoved: true };
  return { state: "stale", change, app, conflicts };
}

/**
 * A change that would be moved, once a log has told which counters others have set since the plan: it is stale where one of
 * its own is among them, although its value is back.
 */
export function checkMoved(checked: ReadyChange, setByOthers: readonly CounterName[]): CheckedChange {
  const { change, app } = checked;
  const changedBack = setByOthers.filter((name) => change.patch[name] !== undefined);
  return changedBack.length === 0 ? checked : { state: "stale", change, app, conflicts: [], changedBack };
}

/** Whether a change was planned for another version than the app has, where both are known. */
export function isOtherVersion({ etag }: PlannedChange, app: KnownApp): boolean {
  return etag !== null && app.etag !== undefined && !matchesETag(etag, app.etag);
}

function isEmpty(patch: InstallSummaryPatch): boolean {
  return Object.keys(patch).length === 0;
}
