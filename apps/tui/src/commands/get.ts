import { counters, type CounterState, type InstallSummary } from "@install-summary/core";
import type { InstallSummaryClient, ListedApp } from "@install-summary/core/client";
import { counterStates, stateLabels } from "@install-summary/core/text";
import { connect } from "../server/connection.ts";
import { formatCount } from "../words/format-count.ts";
import { summaryJson } from "../words/request-text.ts";
import { chooseApp } from "./choose-app.ts";
import type { CommandContext } from "./command-context.ts";
import { appRecords } from "./app-records.ts";
import { openOutput } from "./output/open-output.ts";
import { identityLines, printLines, printTable, textOutput, type PrintTarget } from "./output/print.ts";
import { withProgress } from "./progress.ts";
import type { SharedFlags } from "./shared-flags.ts";
import type { Column } from "../text/table.ts";

/** Prints the summaries of the apps, all or none. */
export async function get(
  context: CommandContext,
  flags: SharedFlags,
  names: readonly string[],
): Promise<void> {
  const { env, stderr, signal } = context;
  const output = await openOutput(context, flags);
  const { client } = connect(env, { signal, stderr });
  const apps = await withProgress(textOutput(stderr, env), () => readApps(client, names, context));
  const found = apps.map(summaryJson);
  await output.print({
    value: names.length === 1 ? found[0] : found,
    table: (out) => printApps(out, apps),
    records: () => appRecords(apps),
  });
}

/** Prints each app as a table of its own. */
export async function printApps(out: PrintTarget, apps: readonly ListedApp[]): Promise<void> {
  for (const [index, app] of apps.entries()) {
    if (index > 0) printLines(out, [""]);
    const rows = counterStates.map((state) => row(app.installSummary, state));
    await printTable(out, columns, rows);
    printLines(out, ["", ...identityLines(app)]);
  }
}

const atOnce = 4;

async function readApps(
  client: InstallSummaryClient,
  names: readonly string[],
  context: CommandContext,
): Promise<readonly ListedApp[]> {
  const apps: ListedApp[] = [];
  for (let start = 0; start < names.length; start += atOnce) {
    const some = names.slice(start, start + atOnce);
    apps.push(...(await Promise.all(some.map((name) => chooseApp(client, name, context)))));
  }
  return apps;
}

const columns: readonly Column[] = [
  { header: "Counter", align: "left" },
  { header: "Devices", align: "right" },
  { header: "Users", align: "right" },
];

function row(summary: InstallSummary, state: CounterState): readonly string[] {
  const values = counters
    .filter((counter) => counter.state === state)
    .map(({ name }) => formatCount(summary[name]));
  return [stateLabels[state].label, ...values];
}
