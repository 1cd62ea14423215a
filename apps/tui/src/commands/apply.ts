import { exitCodes, shownWord, UserError, type ExitCode } from "@install-summary/command-line/errors";
import { applyChanges, type AppliedChange } from "../changes/apply-plan.ts";
import { openLog } from "../changes/base-at.ts";
import { checkChange, checkMoved, type CheckedChange, type ReadyChange } from "../changes/check-plan.ts";
import type { Plan } from "../changes/plan.ts";
import { parsePlan, unreadable } from "../changes/read-plan.ts";
import { sendChange } from "../changes/send-change.ts";
import { isSameServer } from "../config/same-server.ts";
import { connect, type Connection } from "../server/connection.ts";
import { fourAtOnce } from "../server/four-at-once.ts";
import { readApps } from "../server/read-apps.ts";
import { readText } from "../server/read-text.ts";
import { formatCount } from "../words/format-count.ts";
import { applyCommand, planCommand } from "../words/plan-commands.ts";
import { appliedResult, checkedResult } from "./apply-results.ts";
import { doneWords, endOf } from "./apply-end.ts";
import { beforeSending } from "./before-sending.ts";
import type { CommandContext } from "./command-context.ts";
import { failureFor } from "./describe-failure.ts";
import { openInput } from "./open-input.ts";
import { openOutput } from "./output/open-output.ts";
import { printLines, textOutput } from "./output/print.ts";
import { withProgress } from "./progress.ts";
import { requireWritable } from "./require-writable.ts";
import type { SharedFlags } from "./shared-flags.ts";
import { askToApply } from "./ask-to-apply.ts";
import { printApplied } from "./print-applied.ts";

/** The options as they were given. */
export interface ApplyFlags extends SharedFlags {
  readonly each?: boolean;
  readonly rebase?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** Checks all changes of a plan, asks, and sends them, each app alone. */
export async function apply(context: CommandContext, flags: ApplyFlags, file: string): Promise<void> {
  requireWritable(context.env);
  const { env, stderr, signal } = context;
  const err = textOutput(stderr, env);
  const output = await openOutput(context, flags);
  const plan = await beforeSending(readPlan(file, context), context);
  const connection = connect(env, { signal, stderr });
  requireSameServer(plan, connection.baseUrl, file);
  const checked = await beforeSending(checkAll(connection, plan, flags, context), context);
  const ready = checked.filter((each) => each.state === "ready");
  const bad = checked.filter(({ state }) => state === "stale" || state === "unknown");
  const isHeld = bad.length > 0 && flags.each !== true;
  const sends = flags.dryRun !== true && !isHeld && ready.length > 0;
  if (sends)
    await askToApply(context, flags, { ready, baseUrl: connection.baseUrl, isTable: output.isTable });
  const given = [...(flags.each === true ? ["--each"] : []), ...(flags.rebase === true ? ["--rebase"] : [])];
  const again = applyCommand(context.place, file, given);
  const applied = sends ? await sendAll(connection, ready, flags, context, again) : [];
  const sent = new Map(applied.map((each) => [each.checked.change.id, each]));
  const results = checked.map((each) => {
    const end = sent.get(each.change.id);
    return end === undefined ? checkedResult(each) : appliedResult(end, context);
  });
  await printApplied(output, results, flags.dryRun === true);
  const failure = endOf(results, {
    dryRun: flags.dryRun === true,
    isHeld,
    isRebased: flags.rebase === true,
    again,
    stopped: signal.reason,
  });
  if (failure !== undefined) throw failure;
  printLines(err, [doneWords(results, flags.dryRun === true)]);
}

/** A plan of a hundred thousand apps takes a tenth of this. */
const maxBytes = 400 * 1024 * 1024;

async function readPlan(file: string, context: CommandContext): Promise<Plan> {
  const source = { argument: file, again: planCommand(context.place) };
  try {
    return parsePlan(await readText(openInput(file, context), maxBytes), source);
  } catch (error) {
    throw error instanceof TypeError ? unreadable("it is neither UTF-8 nor UTF-16", source) : error;
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
  return withProgress(textOutput(stderr, env), async (show) => {
    const say = (count: number): void => show(`${formatCount(count)} apps read`);
    const apps = await readApps(client, ids, { say, signal });
    const log = openLog(client, signal);
    return fourAtOnce(changes, async (change) => {
      const app = apps.get(change.id.toLowerCase());
      const checked = checkChange(change, app, { rebases: flags.rebase === true });
      const isMoved = checked.state === "ready" && checked.isMoved && change.etag !== null;
      const set = isMoved ? await log.readSetByOthers(checked.app, change.etag) : undefined;
      return isMoved && set !== undefined ? checkMoved(checked, set) : checked;
    });
  });
}

function sendAll(
  { client }: Connection,
  ready: readonly ReadyChange[],
  flags: ApplyFlags,
  context: CommandContext,
  again: string,
): Promise<readonly AppliedChange[]> {
  const { env, place, stderr, signal } = context;
  const isExact = flags.rebase !== true;
  return withProgress(textOutput(stderr, env), (show) =>
    applyChanges(ready, {
      send: ({ app, change }) =>
        sendChange(client, app, change.patch, {
          isExact,
          origin: "command",
          place,
          again,
          signal,
          say: () => undefined,
        }),
      endsAll(error) {
        const { exit, code } = failureFor(error, context);
        // What became of it was read: only whether it was applied before that is open, and of this app alone.
        return meetsAll.has(exit) && code !== "Overtaken";
      },
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
