import { exitCodes, shownWord, UserError, type ExitCode } from "@install-summary/command-line/errors";
import { applyPatch, diff, type InstallSummaryPatch } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { applyChanges, type AppliedChange } from "../changes/apply-plan.ts";
import { checkChange, type CheckedChange } from "../changes/check-plan.ts";
import type { Plan, PlannedChange } from "../changes/plan.ts";
import { parsePlan, unreadable } from "../changes/read-plan.ts";
import { sendChange } from "../changes/send-change.ts";
import { isSameServer } from "../config/same-server.ts";
import { connect, type Connection } from "../server/connection.ts";
import { readApps } from "../server/read-apps.ts";
import { readText } from "../server/read-text.ts";
import { appIdentity } from "../words/app-identity.ts";
import { appName } from "../words/app-name.ts";
import { formatCount } from "../words/format-count.ts";
import { shortVersion } from "../words/version-text.ts";
import { appliedResult, checkedResult, type ApplyResult } from "./apply-results.ts";
import { countResults, doneWords, endOf, resultWords } from "./apply-end.ts";
import { beforeSending } from "./before-sending.ts";
import type { CommandContext } from "./command-context.ts";
import { confirm, severalApps } from "./confirm.ts";
import { failureFor } from "./describe-failure.ts";
import { openInput } from "./open-input.ts";
import { openOutput, type Output } from "./output/open-output.ts";
import { printLines, printTable, textOutput } from "./output/print.ts";
import { recordsOf } from "./output/records.ts";
import { printPlan } from "./print-plan.ts";
import { withProgress } from "./progress.ts";
import { requireWritable } from "./require-writable.ts";
import type { SharedFlags } from "./shared-flags.ts";
import type { Column } from "../text/table.ts";

/** The options as they were given. */
export interface ApplyFlags extends SharedFlags {
  readonly each?: boolean;
  readonly rebase?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

type Ready = Extract<CheckedChange, { readonly state: "ready" }>;

/** Checks all changes of a plan, asks, and sends them, each app alone. */
export async function apply(context: CommandContext, flags: ApplyFlags, file: string): Promise<void> {
  requireWritable(context.env);
  const { env, stderr, signal } = context;
  const err = textOutput(stderr, env);
  const output = await openOutput(context, flags);
  const plan = await beforeSending(readPlan(file, context), signal);
  const connection = connect(env, { signal });
  requireSameServer(plan, connection.baseUrl, file);
  const checked = await beforeSending(checkAll(connection, plan, flags, context), signal);
  const ready = checked.filter((each) => each.state === "ready");
  const bad = checked.filter(({ state }) => state === "stale" || state === "unknown");
  const isHeld = bad.length > 0 && flags.each !== true;
  const sends = flags.dryRun !== true && !isHeld && ready.length > 0;
  if (sends) await ask(context, flags, { ready, baseUrl: connection.baseUrl, isTable: output.isTable });
  const applied = sends ? await sendAll(connection, ready, flags, context) : [];
  const sent = new Map(applied.map((each) => [each.checked.change.id, each]));
  const results = checked.map((each) => {
    const end = sent.get(each.change.id);
    return end === undefined ? checkedResult(each) : appliedResult(end, env);
  });
  await print(output, results, flags.dryRun === true);
  const failure = endOf(results, { dryRun: flags.dryRun === true, isHeld, stopped: signal.reason });
  if (failure !== undefined) throw failure;
  printLines(err, [doneWords(results, flags.dryRun === true)]);
}

/** A plan of a hundred thousand apps takes a tenth of this. */
const maxBytes = 400 * 1024 * 1024;

async function readPlan(file: string, context: CommandContext): Promise<Plan> {
  try {
    return parsePlan(await readText(openInput(file, context), maxBytes), file);
  } catch (error) {
    throw error instanceof TypeError ? unreadable("it is neither UTF-8 nor UTF-16", file) : error;
  }
}

/** A plan goes to the server that it was made for, and no token goes to a server that only a file names. */
function requireSameServer({ url }: Plan, baseUrl: string, argument: string): void {
  if (isSameServer(url, baseUrl)) return;
  throw new UserError(
    `The plan is for another server: ${shownWord(url)}, not ${baseUrl}. Nothing was sent.`,
    {
      exit: exitCodes.usage,
      code: "OtherServer",
      target: "url",
      argument,
      help: [
        "Set INSTALL_SUMMARY_URL or --profile to the plan's server, or make the plan again for this one.",
      ],
    },
  );
}

async function checkAll(
  { client }: Connection,
  { changes }: Plan,
  flags: ApplyFlags,
  { env, stderr, signal }: CommandContext,
): Promise<readonly CheckedChange[]> {
  const ids = changes.map(({ id }) => id);
  const apps = await withProgress(textOutput(stderr, env), (show) =>
    readApps(client, ids, { say: (count) => show(`${formatCount(count)} apps read`), signal }),
  );
  return changes.map((change) =>
    checkChange(change, apps.get(change.id.toLowerCase()), { rebases: flags.rebase === true }),
  );
}

interface Asked {
  readonly ready: readonly Ready[];
  readonly baseUrl: string;
  /** Whether what is sent belongs beside the table of results. */
  readonly isTable: boolean;
}

/** Shows what is sent, and asks; only `--yes` sends several changes where a question cannot be seen. */
async function ask(
  context: CommandContext,
  flags: ApplyFlags,
  { ready, baseUrl, isTable }: Asked,
): Promise<void> {
  const { env, stdin, stdout, stderr, signal } = context;
  const asks = flags.yes !== true;
  const to = isTable ? stdout : asks && stdin.isTTY ? stderr : undefined;
  const shown = {
    changes: ready.map(({ change, app }) => ({ ...change, before: valuesNow(change, app) })),
    apps: new Map(ready.map(({ app }) => [app.id.toLowerCase(), app])),
    nameOf: () => null,
  };
  if (to !== undefined) {
    await printPlan(textOutput(to, env), shown);
    textOutput(to, env).write("\n");
  }
  if (ready.some(({ app }) => app.etag === undefined)) {
    printLines(textOutput(stderr, env), ["This server sends no ETags: the last writer wins."]);
  }
  if (!asks) return;
  const [first] = ready;
  const what =
    ready.length === 1 && first !== undefined ? appIdentity(first.app) : `${formatCount(ready.length)} apps`;
  await beforeSending(
    confirm(`Send the changes of ${what} to ${baseUrl}?`, context, severalApps(ready.length)),
    signal,
  );
}

function valuesNow({ patch }: PlannedChange, { installSummary }: ListedApp): InstallSummaryPatch {
  return diff(applyPatch(installSummary, patch), installSummary);
}

function sendAll(
  { client }: Connection,
  ready: readonly Ready[],
  flags: ApplyFlags,
  { env, call, stderr, signal }: CommandContext,
): Promise<readonly AppliedChange[]> {
  const isExact = flags.rebase !== true;
  return withProgress(textOutput(stderr, env), (show) =>
    applyChanges(ready, {
      send: ({ app, change }) =>
        sendChange(client, app, change.patch, {
          isExact,
          origin: "command",
          call,
          again: `${call} apply with this plan`,
          signal,
          say: () => undefined,
        }),
      endsAll: (error) => meetsAll.has(failureFor(error, env).exit),
      say: (count) => show(`${formatCount(count)} of ${formatCount(ready.length)} sent`),
      signal,
    }),
  );
}

/** Ends that the other changes would meet too. */
const meetsAll: ReadonlySet<ExitCode> = new Set([
  exitCodes.unexpected,
  exitCodes.forbidden,
  exitCodes.unavailable,
  exitCodes.interrupted,
  exitCodes.terminated,
]);

async function print(output: Output, results: readonly ApplyResult[], dryRun: boolean): Promise<void> {
  const counts = countResults(results);
  await output.print({
    value: { ...counts, dryRun, results: results.map(resultJson) },
    table: (out) =>
      printTable(
        out,
        columns,
        results.map(({ id, displayName, result, etag, message }) => [
          appName({ id, displayName }),
          resultWords[result],
          shortVersion(etag ?? undefined),
          message ?? "",
        ]),
      ),
    records: () => recordsOf(results.map(resultJson)),
  });
}

function resultJson({ id, displayName, result, etag, message, requestId }: ApplyResult): object {
  return { id, displayName, result, etag, message, requestId };
}

const columns: readonly Column[] = [
  { header: "App", align: "left", minWidth: 12 },
  { header: "Result", align: "left" },
  { header: "Version", align: "left", minWidth: 7 },
  { header: "Message", align: "left", minWidth: 20 },
];
