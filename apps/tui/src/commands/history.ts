import type { ChangesOptions, InstallSummaryClient, ListedChange } from "@install-summary/core/client";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { readChangesPage, type ChangesPage } from "../changes/change-log.ts";
import { connect } from "../server/connection.ts";
import { changedCounters, olderRemovedText } from "../words/change-words.ts";
import { chooseApp } from "./choose-app.ts";
import type { CommandContext } from "./command-context.ts";
import { changeRow, historyColumns, printFollowed } from "./history-table.ts";
import { openOutput } from "./output/open-output.ts";
import { printLines, printTable, textOutput } from "./output/print.ts";
import type { Records } from "./output/records.ts";
import { withProgress } from "./progress.ts";
import type { SharedFlags } from "./shared-flags.ts";
import { parseSince } from "./since-option.ts";
import { changeLogError } from "./change-log-error.ts";

/** The options as they were given. */
export interface HistoryFlags extends SharedFlags {
  readonly since?: string;
  readonly follow?: boolean;
  readonly limit?: number;
}

/** Prints the changes of an app, or of all, the latest first; with `--follow` those to come. */
export async function history(
  context: CommandContext,
  flags: HistoryFlags,
  name: string | undefined,
): Promise<void> {
  const { env, stderr, signal } = context;
  const err = textOutput(stderr, env);
  const since = flags.since === undefined ? undefined : parseSince(flags.since, Date.now());
  if (flags.follow === true) requireEndless(flags);
  // An array has no end there: each change is a line.
  const form = flags.follow === true && flags.output === "json" ? "ndjson" : flags.output;
  const output = await openOutput(context, { ...flags, output: form });
  const { client } = connect(env, { signal, stderr });
  const app =
    name === undefined ? undefined : await withProgress(err, () => chooseApp(client, name, context));
  const query = { appId: app?.id, since, signal };
  try {
    if (flags.follow === true) return await follow(client, query, context, output);
    const { changes, hasMore, isOlderRemoved } = await withProgress(err, () =>
      readChanges(client, query, flags.limit ?? usualLimit),
    );
    await output.print({
      value: changes,
      table: (target) => printTable(target, historyColumns, changes.map(changeRow)),
      records: () => recordsOf(changes),
    });
    if (hasMore) printLines(err, ["There are older changes: --limit 0 shows all."]);
    if (changes.length === 0) printLines(err, [noChangeText(isOlderRemoved)]);
    else if (isOlderRemoved) printLines(err, [olderRemovedText]);
  } catch (error) {
    throw changeLogError(error);
  }
}

/** How many changes are printed where nothing else is asked for. */
const usualLimit = 100;

/** That there is none is only known of a log from which nothing was removed. */
function noChangeText(isOlderRemoved: boolean): string {
  return isOlderRemoved
    ? `The change log has no such change now. ${olderRemovedText}`
    : "The change log has no such change.";
}

async function readChanges(
  client: InstallSummaryClient,
  query: ChangesOptions,
  limit: number,
): Promise<ChangesPage> {
  // One more than is shown says whether there are older ones.
  const top = limit === 0 ? Number.POSITIVE_INFINITY : limit + 1;
  const page = await readChangesPage(client, { ...query, top });
  const changes = page.changes.slice(0, limit === 0 ? undefined : limit);
  return { ...page, changes, hasMore: changes.length < page.changes.length };
}

async function follow(
  client: InstallSummaryClient,
  query: ChangesOptions,
  { env, stdout, stderr }: CommandContext,
  output: Awaited<ReturnType<typeof openOutput>>,
): Promise<void> {
  printLines(textOutput(stderr, env), ["Following the change log. Ctrl-C ends it."]);
  for await (const change of client.changes({ ...query, follow: true })) {
    const isPrinted = await output.print({ value: change, table: (target) => printFollowed(target, change) });
    if (!isPrinted || stdout.errored !== null) return;
  }
}

/** A row for each counter, under the names that the facade's own CSV has. */
function recordsOf(changes: readonly ListedChange[]): Records {
  const header = [
    "changedAt",
    "actor",
    "origin",
    "appId",
    "displayName",
    "version",
    "counter",
    "before",
    "after",
    "requestId",
  ];
  const rows = changes.flatMap((change) => {
    const { changedAt, actor, origin, appId, displayName, version, requestId } = change;
    return changedCounters(change).map(({ counter, before, after }) => [
      changedAt,
      actor,
      origin,
      appId,
      displayName,
      version,
      counter,
      before ?? null,
      after,
      requestId,
    ]);
  });
  return { header, rows };
}

/** Throws `UserError` for options that hold for an output that ends. */
function requireEndless({ output, limit }: HistoryFlags): void {
  if (limit !== undefined) {
    throw new UserError("--limit cannot be combined with --follow, which goes on until Ctrl-C.", {
      exit: exitCodes.usage,
      code: "Usage",
      target: "--limit",
      argument: "--limit",
      help: ["--since TIME says from when on changes are printed before those to come."],
    });
  }
  if (output !== "csv" && output !== "tsv") return;
  throw new UserError(`--follow cannot print ${output}.`, {
    exit: exitCodes.usage,
    code: "Usage",
    target: "--output",
    argument: output,
    help: ["It prints table, or one change a line with json or ndjson."],
  });
}
