import { applyPatch, counterNames, diff, type InstallSummaryPatch } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import type { PlannedChange } from "./plan.ts";
import type { PlanRow } from "./plan-rows.ts";

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
  readonly app: ListedApp;
}

/**
 * The changes that make each app like its row. A counter that the file lacks stays as it is. `apps` are those of the server,
 * by their ids in lower case.
 */
export function planAgainstServer(rows: readonly PlanRow[], apps: ReadonlyMap<string, ListedApp>): MadePlan {
  const changes: PlannedChange[] = [];
  const unknown: PlanRow[] = [];
  const moved: MovedRow[] = [];
  for (const row of rows) {
    const app = apps.get(row.id);
    if (app === undefined) {
      unknown.push(row);
      continue;
    }
    const { installSummary: now, etag } = app;
    const patch = diff(now, applyPatch(now, row.counters));
    if (Object.keys(patch).length === 0) continue;
    if (row.etag !== null && etag !== undefined && row.etag !== etag) moved.push({ row, app });
    else changes.push({ id: app.id, etag: etag ?? row.etag, before: pick(now, patch), patch });
  }
  return { changes, unknown, moved };
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

function pick(from: InstallSummaryPatch, patch: InstallSummaryPatch): InstallSummaryPatch {
  const names = counterNames.filter((name) => patch[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}
