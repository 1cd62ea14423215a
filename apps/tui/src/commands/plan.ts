import type { ListedApp } from "@install-summary/core/client";
import { openLog } from "../changes/base-at.ts";
import { keptSentences } from "../changes/kept-counters.ts";
import {
  changeOf,
  planAgainstFile,
  planAgainstServer,
  withoutThere,
  type MovedRow,
} from "../changes/make-plan.ts";
import type { Plan, PlannedChange } from "../changes/plan.ts";
import type { PlanRow } from "../changes/plan-rows.ts";
import { baseUrlFrom, connect } from "../server/connection.ts";
import { fourAtOnce } from "../server/four-at-once.ts";
import { readApps } from "../server/read-apps.ts";
import { formatCount } from "../words/format-count.ts";
import type { CommandContext } from "./command-context.ts";
import { openOutput } from "./output/open-output.ts";
import { printLines, textOutput } from "./output/print.ts";
import { printPlan, planRecords, planWarnings } from "./print-plan.ts";
import { withProgress } from "./progress.ts";
import { movedApps, onlyOnce, unknownApps } from "./plan-faults.ts";
import { readRows } from "./read-rows.ts";
import type { SharedFlags } from "./shared-flags.ts";

/** Prints what a file would change: against an older file, or against the server. Sends nothing. */
export async function plan(
  context: CommandContext,
  flags: SharedFlags,
  file: string,
  older: string | undefined,
): Promise<void> {
  const { env, stderr } = context;
  const err = textOutput(stderr, env);
  const output = await openOutput(context, flags);
  if (file === "-" && older === "-") throw onlyOnce();
  const rows = await readRows(file, context);
  const made = await (older === undefined ? fromServer(context, rows, file) : fromFile(context, rows, older));
  const { changes, apps, unchanged } = made;
  const value: Plan = { format: 1, url: baseUrlFrom(env), changes };
  const names = new Map(rows.map((row) => [row.id, row.displayName]));
  const shown = { changes, apps, nameOf: (id: string) => names.get(id.toLowerCase()) ?? null };
  await output.print({
    value,
    table: (out) => printPlan(out, shown),
    records: () => planRecords(shown),
  });
  if (!output.isTable) printLines(err, planWarnings(shown));
  const kept = keptSentences(rows);
  const why = rows.length === 0 ? "the file has no rows" : unchanged;
  printLines(err, [...kept, summary(changes, why, kept.length > 0)]);
}

interface Made {
  readonly changes: readonly PlannedChange[];
  /** The apps that were read, by their ids in lower case. */
  readonly apps: ReadonlyMap<string, ListedApp>;
  /** Why nothing would change, where that is so. */
  readonly unchanged: string;
}

async function fromServer(context: CommandContext, rows: readonly PlanRow[], file: string): Promise<Made> {
  const { env, stderr, signal } = context;
  const { client } = connect(env, { signal, stderr });
  return withProgress(textOutput(stderr, env), async (show) => {
    const say = (count: number): void => show(`${formatCount(count)} apps read`);
    const apps = await readApps(
      client,
      rows.map(({ id }) => id),
      { say, signal },
    );
    const { changes, unknown, moved } = planAgainstServer(rows, apps);
    if (unknown.length > 0) throw unknownApps(unknown, context, "on the server");
    const found: PlannedChange[] = [];
    const lost: MovedRow[] = [];
    let asRead = 0;
    const log = openLog(client, signal);
    const based = await fourAtOnce(moved, async ({ row, app }) => {
      const base = row.etag === null ? undefined : await log.readBaseAt(app, row.etag);
      return { row, app, base };
    });
    for (const { row, app, base } of based) {
      if (base === undefined) {
        lost.push({ row, app });
        continue;
      }
      const made = changeOf(row, { id: app.id, etag: row.etag, installSummary: base });
      if (made === undefined) asRead += 1;
      const change = made && withoutThere(made, app);
      if (change !== undefined) found.push(change);
    }
    if (lost.length > 0) throw movedApps(lost, context, file);
    return { changes: inOrder([...changes, ...found], rows), apps, unchanged: unchangedSince(asRead) };
  });
}

/** Rows that were read at an older version, and hold its values, leave what others changed since. */
function unchangedSince(asRead: number): string {
  if (asRead === 0) return "the values are there already";
  const apps = asRead === 1 ? "1 app has" : `${formatCount(asRead)} apps have`;
  return `the file holds the values that it was read with. ${apps} changed since`;
}

function inOrder(changes: readonly PlannedChange[], rows: readonly PlanRow[]): readonly PlannedChange[] {
  const places = new Map(rows.map(({ id }, index) => [id, index]));
  const placeOf = ({ id }: PlannedChange): number => places.get(id.toLowerCase()) ?? 0;
  return changes.toSorted((one, other) => placeOf(one) - placeOf(other));
}

async function fromFile(context: CommandContext, rows: readonly PlanRow[], older: string): Promise<Made> {
  const { changes, unknown } = planAgainstFile(rows, await readRows(older, context));
  if (unknown.length > 0) throw unknownApps(unknown, context, `with the same counters in ${older}`);
  return { changes, apps: new Map(), unchanged: "both files hold the same values" };
}

function summary(changes: readonly PlannedChange[], unchanged: string, isPart: boolean): string {
  const counters = changes.reduce((sum, { patch }) => sum + Object.keys(patch).length, 0);
  // What the file lacks was not compared, so it cannot be said of all.
  if (counters === 0 && isPart) return `No change in the columns that the file has: ${unchanged}.`;
  if (counters === 0) return `Nothing to change: ${unchanged}.`;
  const apps = changes.length === 1 ? "1 app" : `${formatCount(changes.length)} apps`;
  const changed = counters === 1 ? "1 counter" : `${formatCount(counters)} counters`;
  return `${changed} of ${apps} would change. Nothing was sent.`;
}
