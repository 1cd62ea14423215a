import {
  applyPatch,
  diff,
  rebase,
  warnings,
  type InstallSummary,
  type InstallSummaryEdit,
  type ReadSummary,
} from "@install-summary/core";
import type { ClientOrigin } from "@install-summary/core/client";
import { sendChange } from "../changes/send-change.ts";
import type { Connection } from "../server/connection.ts";
import { appName } from "../words/app-name.ts";
import { beforeSending, whileChanging } from "./before-sending.ts";
import type { CommandContext } from "./command-context.ts";
import { confirm } from "./confirm.ts";
import type { Output } from "./output/open-output.ts";
import { etagLine, printLines, textOutput } from "./output/print.ts";
import { printChanges } from "./print-changes.ts";
import { withProgress } from "./progress.ts";
import { foundLines, questionFor, repeatedWords, thereWords } from "./set-words.ts";
import type { SharedFlags } from "./shared-flags.ts";
import { shownAt } from "./shown-at.ts";
import type { KnownApp } from "../words/known-app.ts";

/** The options of a command that changes an app. */
export interface ChangeFlags extends SharedFlags {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** A change that a person has asked for, of an app that was read. */
export interface AskedChange {
  readonly connection: Pick<Connection, "client" | "baseUrl">;
  readonly output: Output;
  readonly app: KnownApp;
  /** Made on the app as it was read. */
  readonly edit: InstallSummaryEdit;
  /** Whether to change the version that was read and no other. */
  readonly isExact: boolean;
  readonly origin: ClientOrigin;
  /** The command that makes the change once, however often it runs; undefined for the same one with `--if-match`. */
  readonly again?: string;
}

/** Shows old and new values, asks, sends the change, and prints what became of it. */
export async function changeApp(
  context: CommandContext,
  flags: ChangeFlags,
  { connection, output, app, edit, isExact, origin, again }: AskedChange,
): Promise<void> {
  const { env, place, stdout, stderr, signal } = context;
  const { client, baseUrl } = connection;
  const [out, err] = [textOutput(stdout, env), textOutput(stderr, env)];
  const isDryRun = flags.dryRun === true;
  const before = app.installSummary;
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
  for (const target of shownAt(context, { isTable: output.isTable, asks })) {
    await printChanges(target, app, after);
  }
  if (isDryRun) return finish(before, { summary: after, etag: app.etag }, "Dry run: nothing was sent.");

  if (app.etag === undefined) printLines(err, ["This server sends no ETags: the last writer wins."]);
  if (asks) await beforeSending(confirm(questionFor(app, patch, baseUrl), context), context);
  const sent = await whileChanging(
    withProgress(err, (say) => sendChange(client, app, edit, { isExact, origin, place, again, signal, say })),
    context,
  );
  const on = sent.on.installSummary;
  if (Object.keys(sent.patch).length === 0) {
    const isOpen = sent.refusal !== undefined;
    return finish(on, sent, thereWords(sent), { isOpen, isExplained: !isOpen });
  }
  if (sent.on !== app) {
    printLines(err, [
      `Someone else changed the app: the change was moved onto ${sent.on.etag ?? "their values"}.`,
    ]);
    if (output.isTable) await printChanges(out, sent.on, sent.summary);
  }
  if (sent.repeated === true) printLines(err, [repeatedWords(sent)]);
  if (sent.foundAfter !== undefined) {
    printLines(err, foundLines(sent.foundAfter, sent, place));
  }
  const done = `Done: ${appName(app)} is now ${sent.etag ?? "changed"}.`;
  return finish(on, sent, done, { isOpen: sent.foundBy === "values" });

  /**
   * Prints the result; `isOpen` is whether the values that are there may be someone else's, and `isExplained` whether it was
   * said why.
   */
  async function finish(
    from: InstallSummary,
    now: ReadSummary,
    words: string,
    { isOpen = false, isExplained = true } = {},
  ): Promise<void> {
    let isTold = false;
    try {
      const isPrinted = await output.print({
        value: { ...resultJson(from, now, isDryRun), ...(isOpen && { changed: null }) },
        // Below the table of the changes, where there are any.
        table: () =>
          printLines(out, [...(changes > 0 ? [etagLine(now.etag)] : []), ...(isOpen ? [openLine] : [])]),
      });
      isTold = isPrinted && !output.isTable;
    } finally {
      // Where the result cannot be printed, at least what was sent is said. Why something is open is in no result.
      if (!isTold || !isExplained) printLines(err, [words]);
    }
  }
}

/** The line of a table that says whose the values are where that is open. */
const openLine = "By    this change or someone else's";

function resultJson(before: InstallSummary, { summary, etag }: ReadSummary, dryRun: boolean): object {
  const changed = Object.keys(diff(before, summary)).length > 0;
  const found = warnings(before, summary);
  return { id: before.id, etag: etag ?? null, before, after: summary, changed, warnings: found, dryRun };
}
