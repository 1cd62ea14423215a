import { counterNames, counters, type CounterName } from "@install-summary/core";
import type { InstallSummaryClient, ListedApp } from "@install-summary/core/client";
import { parseETagVersion, stateLabels } from "@install-summary/core/text";
import { programCall } from "@install-summary/command-line";
import { shownWord } from "@install-summary/command-line/errors";
import { readRecent } from "../changes/recent.ts";
import { changeLogError } from "./change-log-error.ts";
import { connect } from "../server/connection.ts";
import { formatCount } from "../words/format-count.ts";
import { findCounter } from "../words/counter-words.ts";
import { platformName } from "../words/platform.ts";
import type { CommandContext } from "./command-context.ts";
import type { SharedFlags } from "./shared-flags.ts";
import { appRecords } from "./app-records.ts";
import { openOutput } from "./output/open-output.ts";
import { printLines, printTable, textOutput, type PrintTarget } from "./output/print.ts";
import { withProgress } from "./progress.ts";
import { parseFilterOption, type FilterOption } from "./filter-option.ts";
import { isByChange, parseOrder, type Order } from "./list-order.ts";
import type { Column } from "../text/table.ts";

/** The options as they were given. */
export interface ListFlags extends SharedFlags {
  readonly filter?: string;
  readonly sort?: string;
  readonly limit: number;
}

/** Prints the apps, in the server's order, which is by name, or in the order that was asked for. */
export async function list(context: CommandContext, flags: ListFlags): Promise<void> {
  const { env, stderr, signal } = context;
  const err = textOutput(stderr, env);
  const output = await openOutput(context, flags);
  const { sort } = flags;
  const order = sort === undefined ? undefined : parseOrder(sort);
  const filter = parseFilterOption(flags.filter ?? "");
  const { client } = connect(env, { signal, stderr });
  const byChange =
    sort !== undefined && isByChange(sort) ? await orderByChange(client, sort, context) : order;
  const limit = flags.limit === 0 ? Number.POSITIVE_INFINITY : flags.limit;
  const query: ListQuery = { filter, limit, order: byChange, signal };
  const { apps, more } = await withProgress(err, (say) => readApps(client, query, say));
  await output.print({
    value: apps.map(listedAppJson),
    table: (out) => printApps(out, apps, sort),
    records: () => appRecords(apps),
  });
  if (more) printLines(err, ["There are more apps: --limit 0 lists all."]);
  if (apps.length === 0) printLines(err, [nothingFound(flags.filter, env)]);
}

/** The order by what changed last. Rejects with `UserError` where the server keeps no log of changes. */
async function orderByChange(
  client: InstallSummaryClient,
  sort: string,
  { signal }: CommandContext,
): Promise<Order> {
  try {
    return parseOrder(sort, await readRecent(client, signal));
  } catch (error) {
    throw changeLogError(error);
  }
}

interface ListQuery {
  readonly filter: FilterOption;
  readonly limit: number;
  readonly order: Order | undefined;
  readonly signal: AbortSignal;
}

const pageSize = 1000;

/** Reads as many apps as are shown and one more, or all of them where they have to be searched or put in order. */
async function readApps(
  client: InstallSummaryClient,
  { filter, limit, order, signal }: ListQuery,
  say: (what: string) => void,
): Promise<{ readonly apps: readonly ListedApp[]; readonly more: boolean }> {
  const isSearched = filter.words !== "";
  const maximum = order === undefined && !isSearched ? limit + 1 : Number.POSITIVE_INFINITY;
  const read: ListedApp[] = [];
  let count = 0;
  // What the server does not judge is judged here, in whole pages.
  const top = filter.tests.length === 0 ? Math.min(maximum, pageSize) : pageSize;
  const search = filter.search === "" ? {} : { search: filter.search };
  const passes = (app: ListedApp): boolean => filter.tests.every((test) => test(app, false));
  for await (const { apps } of client.pages({ ...search, top, signal })) {
    for (const app of apps) if (passes(app)) read.push(app);
    count += apps.length;
    say(`${formatCount(count)} apps read`);
    if (read.length >= maximum) break;
  }
  const found = isSearched ? await searchedApps(read, filter.words) : read;
  const apps = order === undefined ? found : found.toSorted(order);
  return { apps: apps.slice(0, limit), more: apps.length > limit };
}

/** The apps that words match, the best match first, or in the server's order where there are too many to rank. */
async function searchedApps(apps: readonly ListedApp[], words: string): Promise<readonly ListedApp[]> {
  // Loaded only where words are searched.
  const { findApps } = await import("../find/fuzzy.ts");
  return findApps(apps, words).places.flatMap((place) => apps[place] ?? []);
}

function nothingFound(filter: string | undefined, env: CommandContext["env"]): string {
  return filter === undefined || filter.trim() === ""
    ? `There are no apps yet; ${programCall(env, "install-summary-facade")} import FILE brings some.`
    : `No app matches ${shownWord(filter)}.`;
}

/** An app as JSON, which `install-summary-facade import` reads back, its exact type included. */
function listedAppJson(app: ListedApp): object {
  const { id, displayName, publisher, etag, installSummary } = app;
  const values = Object.fromEntries(counterNames.map((name) => [name, installSummary[name]]));
  return {
    "@odata.type": app["@odata.type"],
    id,
    displayName,
    publisher,
    platform: platformName(app),
    version: parseETagVersion(etag) ?? null,
    etag: etag ?? null,
    ...values,
  };
}

/** Prints the apps as a table, with the counter of users that they are sorted by, where they are. */
async function printApps(
  output: PrintTarget,
  apps: readonly ListedApp[],
  sort: string | undefined,
): Promise<void> {
  const sorted = counters.find(({ name }) => name === findCounter(sort?.replace(/^-/, "") ?? ""));
  if (sorted?.scope !== "user") return printTable(output, columns, apps.map(row));
  const header = `${stateLabels[sorted.state].shortLabel} users`;
  const more: Column = { header, align: "right", minWidth: 6 };
  const value = (app: ListedApp): string => formatCount(app.installSummary[sorted.name]);
  const rows = apps.map((app) => row(app).toSpliced(-1, 0, value(app)));
  return printTable(output, columns.toSpliced(-1, 0, more), rows);
}

const columns: readonly Column[] = [
  { header: "App", align: "left", minWidth: 12 },
  { header: "Platform", align: "left", minWidth: 4 },
  { header: stateLabels.installed.shortLabel, align: "right", minWidth: 6 },
  { header: stateLabels.failed.shortLabel, align: "right", minWidth: 6 },
  { header: stateLabels.notApplicable.shortLabel, align: "right", minWidth: 6, cutFirst: true },
  { header: stateLabels.notInstalled.shortLabel, align: "right", minWidth: 6, cutFirst: true },
  { header: stateLabels.pendingInstall.shortLabel, align: "right", minWidth: 6 },
  { header: "Id", align: "left", minWidth: 9, cutFirst: true },
];

const deviceCounters: readonly CounterName[] = counters
  .filter(({ scope }) => scope === "device")
  .map(({ name }) => name);

function row(app: ListedApp): readonly string[] {
  const { id, displayName, installSummary } = app;
  return [
    displayName ?? "",
    platformName(app),
    ...deviceCounters.map((name) => formatCount(installSummary[name])),
    id,
  ];
}
