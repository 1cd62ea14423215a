import { constants, openAsBlob } from "node:fs";
import { access, stat } from "node:fs/promises";
import { blob } from "node:stream/consumers";
import { programCall } from "@install-summary/command-line";
import { exitCodes, UserError, type CommandFailure } from "@install-summary/command-line/errors";
import { isGraphError } from "@install-summary/core";
import { visibleText } from "@install-summary/core/text";
import { connect } from "../server/connection.ts";
import { sendReport, type ImportResult } from "../server/send-report.ts";
import type { Column } from "../text/table.ts";
import { formatCount } from "../words/format-count.ts";
import { beforeSending } from "./before-sending.ts";
import type { CommandContext } from "./command-context.ts";
import { confirm, severalApps } from "./confirm.ts";
import { failureFor, type FailureContext } from "./describe-failure.ts";
import { madeMeanwhile } from "./made-meanwhile.ts";
import { openInput } from "./open-input.ts";
import { openOutput, type Output } from "./output/open-output.ts";
import { printLines, printTable, textOutput } from "./output/print.ts";
import { withProgress } from "./progress.ts";
import { requireWritable } from "./require-writable.ts";
import type { SharedFlags } from "./shared-flags.ts";

/** The options as they were given. */
export interface ImportFlags extends SharedFlags {
  readonly dryRun?: boolean;
  readonly missingAsZero?: boolean;
  readonly yes?: boolean;
}

/** Asks the server what a report would change, asks the person, and has the server import it. */
export async function importReport(
  context: CommandContext,
  flags: ImportFlags,
  files: readonly string[],
): Promise<void> {
  requireWritable(context.env);
  const file = requireOneFile(files, context.env);
  const { env, stderr, signal } = context;
  const err = textOutput(stderr, env);
  const output = await openOutput(context, flags);
  const connection = connect(env, { signal, stderr });
  const report = await beforeSending(openReport(file, context), context);
  const options = { tokens: new Set<string>(), missingAsZero: flags.missingAsZero === true, signal };
  const send = (dryRun: boolean, words: string): Promise<ImportResult> =>
    withProgress(err, (say) => {
      say(words);
      return sendReport(connection, report, { ...options, dryRun });
    });
  const askServer = (): Promise<ImportResult> =>
    beforeSending(send(true, "asking what would change"), context, "Nothing was imported.");
  const isDryRun = flags.dryRun === true;
  let preview: ImportResult | undefined;
  if (!isDryRun && flags.yes !== true) {
    preview = await askServer();
    const { created, changed } = preview;
    const words = `${formatCount(created)} new and ${formatCount(changed)} changed apps`;
    if (created + changed > 0) {
      const question = `Import ${words} into ${connection.baseUrl}?`;
      await beforeSending(confirm(question, context, severalApps(created + changed)), context);
    }
  }
  const result = await (isDryRun ? askServer() : whileSending(send(false, "importing"), context));
  await print(output, result, isDryRun);
  printLines(
    err,
    (result.kept ?? []).map((line) => visibleText(line, 1000)),
  );
  if (preview !== undefined) printLines(err, madeMeanwhile(preview, result, context.place));
  const counts = countWords(result);
  const failure = rejection(result, isDryRun, counts);
  if (failure !== undefined) throw failure;
  printLines(err, [isDryRun ? `Dry run: nothing was changed. ${counts}` : `Done: ${counts}`]);
}

/** The facade takes one file in a request; its own command takes the pages of a report. */
function requireOneFile([file = "", second]: readonly string[], env: CommandContext["env"]): string {
  if (second === undefined) return file;
  const facade = programCall(env, "install-summary-facade");
  throw new UserError("A request imports one file.", {
    argument: second,
    help: [`Pages of one report go in together on the facade's machine: ${facade} import FILE FILE`],
  });
}

/** A file on disk is read as it is sent. A pipe, such as `<(…)` of a shell, has no size, so it is read to its end first. */
async function openReport(file: string, context: CommandContext): Promise<Blob> {
  const isOnDisk = file !== "-" && (await isReadableFile(file));
  return isOnDisk ? await openAsBlob(file) : await blob(openInput(file, context));
}

async function isReadableFile(file: string): Promise<boolean> {
  try {
    await access(file, constants.R_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** A report that was on its way when it was stopped, or when the connection broke, may be in, as a whole or in part. */
async function whileSending(
  work: Promise<ImportResult>,
  context: FailureContext & Pick<CommandContext, "signal">,
): Promise<ImportResult> {
  try {
    return await work;
  } catch (error) {
    const { signal } = context;
    const reason: unknown = signal.reason;
    const failure = reason instanceof UserError ? reason : failureFor(error, context);
    if (!signal.aborted && !isOpen(error, failure)) throw error;
    const { message, exit, code, requestId, help = [] } = failure;
    throw new UserError(`${message} The import was on its way: some of it may be in.`, {
      exit,
      code,
      requestId,
      help: ["The same import again goes on from there: what is in already stays unchanged.", ...help],
    });
  }
}

/** Whether a failure leaves open what the server did: it was reached, and did not refuse the report. */
function isOpen(error: unknown, { exit, code }: CommandFailure): boolean {
  // A redirect is not followed, so it is a refusal too.
  const isRefused = isGraphError(error) && (error.status === 429 || error.status < 400);
  return exit === exitCodes.unavailable && code !== "NoConnection" && !isRefused;
}

async function print(output: Output, result: ImportResult, dryRun: boolean): Promise<void> {
  const { created, changed, unchanged, rejected, rows, kept = [] } = result;
  const found = rows.map(({ line, column, reason }) => ({
    line: line ?? null,
    column: column ?? null,
    reason,
  }));
  await output.print({
    value: { created, changed, unchanged, rejected, dryRun, rows: found, kept },
    table: (out) =>
      found.length === 0
        ? undefined
        : printTable(
            out,
            columns,
            found.map(({ line, column, reason }) => [
              line === null ? "" : String(line),
              column ?? "",
              reason,
            ]),
          ),
    records: () => ({
      header: ["Line", "Column", "Reason"],
      rows: found.map(({ line, column, reason }) => [line, column, reason]),
    }),
  });
}

const columns: readonly Column[] = [
  { header: "Line", align: "right" },
  { header: "Column", align: "left", minWidth: 8 },
  { header: "Rejected because", align: "left", minWidth: 30, isWords: true },
];

function countWords({ created, changed, unchanged, rejected }: ImportResult): string {
  const counts = { created, changed, unchanged, rejected };
  return `${Object.entries(counts)
    .map(([word, number]) => `${formatCount(number)} ${word}`)
    .join(", ")}.`;
}

function rejection(
  { created, changed, unchanged, rejected, rows }: ImportResult,
  dryRun: boolean,
  counts: string,
): UserError | undefined {
  if (rejected === 0) return undefined;
  const isAll = created + changed + unchanged === 0;
  const [first] = rows;
  return new UserError(dryRun ? `Dry run: nothing was changed. ${counts}` : counts, {
    exit: isAll ? exitCodes.refused : exitCodes.partly,
    code: isAll ? "RowsRejected" : "SomeRowsRejected",
    help:
      first === undefined
        ? []
        : [visibleText(first.line === undefined ? first.reason : `line ${first.line}: ${first.reason}`, 500)],
  });
}
