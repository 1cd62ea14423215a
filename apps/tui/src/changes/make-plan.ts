import { applyPatch, counterNames, diff, matchesETag, type InstallSummaryPatch } from "@install-summary/core";
import type { PlannedChange } from "./plan.ts";
import type { PlanRow } from "./plan-rows.ts";
import type { KnownApp } from "../words/known-app.ts";

/** What the rows of a file come to. */
export interface MadePlan {
  readonly changes: readonly PlannedChange[];
  /** Rows whose apps are unknown. */
  readonly unknown: readonly PlanRow[];
  /** Rows that differ from the app and are of another version: whose change each value is cannot be told. */
  readonly moved: readonly MovedRow[];
}

/** A row that was read at another version than the app has now. */
export interface MovedRow {
  readonly row: PlanRow;
  readonly app: KnownApp;
}

/**
 * The changes that make each app like its row. A counter that the file lacks stays as it is. `apps` are those of the server,
 * by their ids in lower case.
 */
export function planAgainstServer(rows: readonly PlanRow[], apps: ReadonlyMap<string, KnownApp>): MadePlan {
  const changes: PlannedChange[] = [];
  const unknown: PlanRow[] = [];
  const moved: MovedRow[] = [];
  for (const row of rows) {
    const app = apps.get(row.id);
    if (app === undefined) {
      unknown.push(row);
      continue;
    }
    const change = changeOf(row, { ...app, etag: app.etag ?? row.etag });
    if (change === undefined) continue;
    if (row.etag !== null && app.etag !== undefined && !matchesETag(row.etag, app.etag))
      moved.push({ row, app });
    else changes.push(change);
  }
  return { changes, unknown, moved };
}

/** An app as it is in a version. */
export interface PlanBase extends Pick<KnownApp, "id" | "installSummary"> {
  readonly etag: string | null;
}

/** The change that makes an app like its row; undefined where it is so already. */
export function changeOf(
  { counters }: PlanRow,
  { id, etag, installSummary: base }: PlanBase,
): PlannedChange | undefined {
  const patch = diff(base, applyPatch(base, counters));
  const names = counterNames.filter((name) => patch[name] !== undefined);
  if (names.length === 0) return undefined;
  return { id, etag, before: Object.fromEntries(names.map((name) => [name, base[name]])), patch };
}

/**
 * The change that a row makes, which was read at an older version, without what the app has already; undefined where that is
 * all. `made` is its change on that version.
 */
export function withoutThere(
  made: PlannedChange,
  { installSummary }: Pick<KnownApp, "installSummary">,
): PlannedChange | undefined {
  const names = counterNames.filter(
    (name) => made.patch[name] !== undefined && made.patch[name] !== installSummary[name],
  );
  const of = (values: InstallSummaryPatch): InstallSummaryPatch =>
    Object.fromEntries(names.map((name) => [name, values[name]]));
  return names.length === 0 ? undefined : { ...made, before: of(made.before), patch: of(made.patch) };
}

/** What a file changes of an older one. */
export interface ComparedPlan {
  readonly changes: readonly PlannedChange[];
  /** Rows whose apps, or some of whose counters, the older file lacks. */
  readonly unknown: readonly PlanRow[];
}

/** The changes between an older file and a newer one. The versions are those of the older one. */
export function planAgainstFile(rows: readonly PlanRow[], older: readonly PlanRow[]): ComparedPlan {
  const bases = new Map(older.map((row) => [row.id, row]));
  const changes: PlannedChange[] = [];
  const unknown: PlanRow[] = [];
  for (const row of rows) {
    const base = bases.get(row.id);
    const names = counterNames.filter((name) => row.counters[name] !== undefined);
    if (base === undefined || names.some((name) => base.counters[name] === undefined)) {
      unknown.push(row);
      continue;
    }
    const changed = names.filter((name) => row.counters[name] !== base.counters[name]);
    if (changed.length === 0) continue;
    const of = ({ counters }: PlanRow): InstallSummaryPatch =>
      Object.fromEntries(changed.map((name) => [name, counters[name]]));
    changes.push({ id: row.id, etag: base.etag ?? row.etag, before: of(base), patch: of(row) });
  }
  return { changes, unknown };
}
