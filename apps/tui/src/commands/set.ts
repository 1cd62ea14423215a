import {
  applyPatch,
  diff,
  rebase,
  warnings,
  type InstallSummary,
  type ReadSummary,
} from "@install-summary/core";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { connect } from "../server/connection.ts";
import { chooseApp } from "./choose-app.ts";
import type { CommandContext } from "./command-context.ts";
import { confirm } from "./confirm.ts";
import { printChanges } from "./print-changes.ts";
import { appName } from "../words/app-name.ts";
import { openOutput } from "./output/open-output.ts";
import { etagLine, printLines, textOutput } from "./output/print.ts";
import { withProgress } from "./progress.ts";
import { readChange } from "./read-change.ts";
import { requireVersion } from "./require-version.ts";
import { sendChange } from "../changes/send-change.ts";
import { foundLines, questionFor, repeatedWords, thereWords } from "./set-words.ts";
import type { SharedFlags } from "./shared-flags.ts";

/** The options as they were given. */
export interface SetFlags extends SharedFlags {
  readonly ifMatch?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** Reads the app, shows old and new values, asks, and changes the version that it read, or moves onto a newer one. */
export async function set(context: CommandContext, flags: SetFlags, args: readonly string[]): Promise<void> {
  if (flags.readOnly === true) throw readOnlyError();
  const [name, ...rest] = args;
  if (name === undefined) throw noApp(context.call);
  const { env, call, stdin, stdout, stderr, signal } = context;
  const [out, err] = [textOutput(stdout, env), textOutput(stderr, env)];
  const output = await openOutput(context, flags);
  const isDryRun = flags.dryRun === true;
  const change = await beforeSending(readChange(rest, stdin, signal), signal);
  const { client, baseUrl, authorityFile } = connect(env, { signal });
  const app = await beforeSending(
    withProgress(err, () => chooseApp(client, name, context)),
    signal,
  );
  if (flags.ifMatch !== undefined) requireVersion(flags.ifMatch, app, call);

  const before = app.installSummary;
  const edit = change.editOf(before);
  // After the edit: a file of another app says so, whatever its version.
  if (change.readAt !== undefined) requireVersion(change.readAt.etag, app, call, change.readAt.argument);
  const { patch } = rebase(before, edit, before);
  const after = applyPatch(before, patch);
  const changes = Object.keys(patch).length;
  if (changes === 0)
    return finish(
      before,
      { summary: before, etag: app.etag },
      "Nothing to change: the values are there already.",
    );

  const asks = flags.yes !== true && !isDryRun;
  if (output.isTable) await printChanges(out, app, after);
  else if (asks && stdin.isTTY) await printChanges(err, app, after);
  if (isDryRun) return finish(before, { summary: after, etag: app.etag }, "Dry run: nothing was sent.");

  if (app.etag === undefined) printLines(err, ["This server sends no ETags: the last writer wins."]);
  if (asks) await beforeSending(confirm(questionFor(app, patch, baseUrl), context), signal);
  const isExact = flags.ifMatch !== undefined || change.readAt !== undefined;
  const sent = await withProgress(err, (say) =>
    sendChange(client, app, edit, { isExact, call, signal, say }),
  );
  const on = sent.on.installSummary;
  if (Object.keys(sent.patch).length === 0) return finish(on, sent, thereWords(sent));
  if (sent.on !== app) {
    printLines(err, [
      `Someone else changed the app: the change was moved onto ${sent.on.etag ?? "their values"}.`,
    ]);
    if (output.isTable) await printChanges(out, sent.on, sent.summary);
  }
  if (sent.repeated === true) printLines(err, [repeatedWords(sent)]);
  if (sent.foundAfter !== undefined) {
    printLines(err, foundLines(sent.foundAfter, sent, { baseUrl, authorityFile, program: call }));
  }
  return finish(on, sent, `Done: ${appName(app)} is now ${sent.etag ?? "changed"}.`);

  async function finish(from: InstallSummary, now: ReadSummary, words: string): Promise<void> {
    let isTold = false;
    try {
      const isPrinted = await output.print({
        value: resultJson(from, now, isDryRun),
        // Below the table of the changes, where there are any.
        table: () => printLines(out, changes > 0 ? [etagLine(now.etag)] : []),
      });
      isTold = isPrinted && !output.isTable;
    } finally {
      // Where the result cannot be printed, at least what was sent is said.
      if (!isTold) printLines(err, [words]);
    }
  }
}

/** What is waited for before anything is sent: a person who stops it learns that. */
async function beforeSending<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const reason: unknown = signal.reason;
    if (!(reason instanceof UserError)) throw error;
    throw new UserError(`${reason.message} Nothing was sent.`, { exit: reason.exit, code: reason.code });
  }
}

function resultJson(before: InstallSummary, { summary, etag }: ReadSummary, dryRun: boolean): object {
  const changed = Object.keys(diff(before, summary)).length > 0;
  const found = warnings(before, summary);
  return { id: before.id, etag: etag ?? null, before, after: summary, changed, warnings: found, dryRun };
}

function readOnlyError(): UserError {
  return new UserError("Nothing was sent: --read-only forbids changes.", {
    exit: exitCodes.forbidden,
    code: "ReadOnly",
    target: "--read-only",
    argument: "--read-only",
  });
}

function noApp(call: string): UserError {
  const help = [`${call} set --help shows how.`];
  return new UserError("APP is missing.", { exit: exitCodes.usage, code: "Usage", help });
}
