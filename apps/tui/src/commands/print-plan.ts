import { applyPatch, counterNames, counters, warnings } from "@install-summary/core";
import type { PlannedChange } from "../changes/plan.ts";
import type { Column } from "../text/table.ts";
import { appName } from "../words/app-name.ts";
import { formatCount, formatDelta, groupNumbers } from "../words/format-count.ts";
import { printLines, printTable, type PrintTarget } from "./output/print.ts";
import type { Records } from "./output/records.ts";
import { toldApart, type NamedApp } from "./told-apart.ts";
import type { KnownApp } from "../words/known-app.ts";

/** Changes as they are shown: with the names of their apps, and with the apps where they were read. */
export interface ShownPlan {
  readonly changes: readonly PlannedChange[];
  /** By their ids in lower case. */
  readonly apps: ReadonlyMap<string, KnownApp>;
  readonly nameOf: (id: string) => string | null;
}

/** Prints each counter that changes, and below them what looks implausible. */
export async function printPlan(output: PrintTarget, plan: ShownPlan): Promise<void> {
  const nameOf = toldApart(plan.changes.map(({ id }) => plannedApp(id, plan)));
  const rows = linesOf(plan).map(({ id, label, before, after }) => [
    nameOf(plannedApp(id, plan)),
    label,
    formatCount(before),
    formatCount(after),
    formatDelta(after - before),
  ]);
  await printTable(output, columns, rows);
  const odd = planWarnings(plan);
  if (odd.length > 0) printLines(output, ["", ...odd]);
}

/** A row for each counter that changes. */
export function planRecords(plan: ShownPlan): Records {
  return {
    header: ["ApplicationId", "DisplayName", "ETag", "Counter", "Before", "After"],
    rows: linesOf(plan).map(({ id, app, etag, name, before, after }) => [id, app, etag, name, before, after]),
  };
}

/** What others have changed too, and what looks implausible, about the changes of apps that were read, a line each. */
export function planWarnings(plan: ShownPlan): readonly string[] {
  const nameOf = toldApart(plan.changes.map(({ id }) => plannedApp(id, plan)));
  return plan.changes.flatMap((change) => {
    const app = plan.apps.get(change.id.toLowerCase());
    if (app === undefined) return [];
    const from = applyPatch(app.installSummary, change.before);
    const odd = warnings(from, applyPatch(from, change.patch)).map(({ message }) => groupNumbers(message));
    return [...contested(change, app), ...odd].map((what) => `! ${nameOf(app)}: ${what}`);
  });
}

/** The counters of which others have made something else, neither what they were nor what they are to be. */
function contested({ before, patch }: PlannedChange, { installSummary }: KnownApp): readonly string[] {
  return counters.flatMap(({ name, label }) => {
    const [from, to, now] = [before[name], patch[name], installSummary[name]];
    if (from === undefined || now === from || now === to) return [];
    const what = `${label} is ${formatCount(now)} now; it was ${formatCount(from)}`;
    return [`${what}. Someone else has changed it, so apply does not send it.`];
  });
}

interface CounterLine {
  readonly id: string;
  readonly app: string;
  readonly etag: string | null;
  readonly name: string;
  readonly label: string;
  readonly before: number;
  readonly after: number;
}

function linesOf(plan: ShownPlan): readonly CounterLine[] {
  return plan.changes.flatMap(({ id, etag, before, patch }) => {
    const app = appName(plannedApp(id, plan));
    return counterNames.flatMap((name): readonly CounterLine[] => {
      const [from, to] = [before[name], patch[name]];
      if (from === undefined || to === undefined) return [];
      return [{ id, app, etag, name, label: labelOf(name), before: from, after: to }];
    });
  });
}

/** What names an app; the file's own name where the app was not read. */
function plannedApp(id: string, { apps, nameOf }: ShownPlan): NamedApp {
  return apps.get(id.toLowerCase()) ?? { id, displayName: nameOf(id) };
}

function labelOf(wanted: string): string {
  return counters.find(({ name }) => name === wanted)?.label ?? wanted;
}

const columns: readonly Column[] = [
  { header: "App", align: "left", minWidth: 12 },
  { header: "Counter", align: "left", minWidth: 8 },
  { header: "Base", align: "right" },
  { header: "New", align: "right" },
  { header: "Δ", align: "right" },
];
