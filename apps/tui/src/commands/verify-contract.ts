import { createReadStream } from "node:fs";
import { exitCodes, fileErrorText, UserError } from "@install-summary/command-line/errors";
import type { InstallSummaryClient, ListedApp } from "@install-summary/core/client";
import { checkPair, goldenPairs, type GoldenPair, type SendRequest } from "@install-summary/core/contract";
import { connect } from "../server/connection.ts";
import { readText } from "../server/read-text.ts";
import { parseTokenText } from "../server/token-text.ts";
import type { Column } from "../text/table.ts";
import { appIdentity } from "../words/app-identity.ts";
import { formatCount } from "../words/format-count.ts";
import { undoCommand, type CommandPlace } from "../words/command-text.ts";
import { shellOf } from "../words/shell-text.ts";
import { beforeSending } from "./before-sending.ts";
import { chooseApp } from "./choose-app.ts";
import type { CommandContext } from "./command-context.ts";
import { confirm } from "./confirm.ts";
import { failureFor } from "./describe-failure.ts";
import { openOutput } from "./output/open-output.ts";
import { printLines, printTable, textOutput } from "./output/print.ts";
import { withProgress } from "./progress.ts";
import { requireWritable } from "./require-writable.ts";
import type { SharedFlags } from "./shared-flags.ts";

/** The options as they were given. */
export interface VerifyFlags extends SharedFlags {
  readonly only?: string;
  readonly app?: string;
  readonly readerTokenFile?: string;
  readonly yes?: boolean;
}

interface CheckedPair extends Pick<GoldenPair, "number" | "name" | "feature"> {
  readonly result: "passed" | "failed" | "skipped";
  readonly differences: readonly string[];
}

/** Checks a server against the golden pairs, and puts the counters back that they overwrite. */
export async function verifyContract(
  context: CommandContext,
  flags: VerifyFlags,
  url: string,
): Promise<void> {
  requireWritable(context.env);
  const { stderr, signal } = context;
  const err = textOutput(stderr, context.env);
  const output = await openOutput(context, flags);
  const wanted = choosePairs(flags.only);
  const reader =
    flags.readerTokenFile === undefined ? undefined : await readReaderToken(flags.readerTokenFile);
  const { client, baseUrl, authorityFile, signIn } = connect(
    { ...context.env, INSTALL_SUMMARY_URL: url },
    { signal },
  );
  const app = await beforeSending(
    withProgress(err, () => findApp(client, flags.app, context)),
    signal,
  );
  if (flags.yes !== true) {
    const question = `Overwrite the counters of ${appIdentity(app)} at ${baseUrl}, and put them back at the end?`;
    // It overwrites more than a person has named, so it never begins unasked.
    const needsYes = "it overwrites counters, so it needs --yes without a terminal.";
    await beforeSending(
      confirm(question, context, { needsYes, help: "--yes begins without asking." }),
      signal,
    );
  }
  const send = sender({ baseUrl, writer: await signIn.token(), reader, signal });
  let pairs: readonly CheckedPair[] = [];
  try {
    pairs = await withProgress(err, (say) =>
      checkPairs({ wanted, send, appId: app.id, hasReader: reader !== undefined, say, signal }),
    );
  } finally {
    await putBack(client, app, {
      place: { baseUrl, authorityFile, program: context.call, shell: shellOf(context.env) },
      env: context.env,
    });
  }
  const count = (result: CheckedPair["result"]): number =>
    pairs.filter((pair) => pair.result === result).length;
  const [passed, failed, skipped] = [count("passed"), count("failed"), count("skipped")];
  await output.print({
    value: { passed, failed, skipped, pairs },
    table: (out) => printTable(out, columns, pairs.map(row)),
    records: () => ({
      header: ["Number", "Pair", "Feature", "Result", "Differences"],
      rows: pairs.map(({ number, name, feature, result, differences }) => [
        number,
        name,
        feature,
        result,
        differences.join("; "),
      ]),
    }),
  });
  const words = `${formatCount(passed)} passed, ${formatCount(failed)} failed, ${formatCount(skipped)} skipped. The counters are as they were.`;
  if (failed > 0)
    throw new UserError(words, { exit: exitCodes.refused, code: "ContractFailed", target: url });
  printLines(err, [words]);
}

/** Throws `UserError` where no pair is meant. */
function choosePairs(only: string | undefined): (pair: GoldenPair) => boolean {
  if (only === undefined) return () => true;
  const text = only.trim().toLowerCase();
  const isMeant = ({ number, name, feature }: GoldenPair): boolean =>
    /^\d+$/.test(text)
      ? String(number) === text
      : feature.toLowerCase() === text || name.toLowerCase().includes(text);
  if (text !== "" && goldenPairs.some(isMeant)) return isMeant;
  throw new UserError(`No pair of the contract is meant by ${JSON.stringify(only)}.`, {
    target: "--only",
    argument: only,
    help: [
      `Features: ${[...new Set(goldenPairs.map(({ feature }) => feature))].join(", ")}. Otherwise words of a name, or a number.`,
    ],
  });
}

async function findApp(
  client: InstallSummaryClient,
  name: string | undefined,
  context: CommandContext,
): Promise<ListedApp> {
  if (name !== undefined) return chooseApp(client, name, context);
  for await (const app of client.list({ top: 1, signal: context.signal })) return app;
  throw new UserError("The server has no apps; the pairs need one.", {
    exit: exitCodes.notFound,
    code: "AppNotFound",
  });
}

async function readReaderToken(file: string): Promise<string> {
  try {
    const token = parseTokenText(await readText(createReadStream(file), 64 * 1024));
    if (token !== undefined) return token;
  } catch (error) {
    throw new UserError(`The file of --reader-token-file cannot be read: ${fileErrorText(error)}.`, {
      argument: file,
    });
  }
  throw new UserError("The file of --reader-token-file holds no token alone.", { argument: file });
}

interface Sender {
  readonly baseUrl: string;
  readonly writer: string;
  readonly reader: string | undefined;
  readonly signal: AbortSignal;
}

function sender({ baseUrl, writer, reader, signal }: Sender): SendRequest {
  const base = baseUrl.replace(/\/+$/, "");
  return ({ method, path, headers, body, identity }) => {
    const token = identity === "reader" ? reader : writer;
    const sent = new Headers(headers);
    if (identity !== "none" && token !== undefined) sent.set("authorization", `Bearer ${token}`);
    return fetch(base + path, {
      method,
      headers: sent,
      ...(body !== undefined && { body }),
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
    });
  };
}

interface Checking {
  readonly wanted: (pair: GoldenPair) => boolean;
  readonly send: SendRequest;
  readonly appId: string;
  readonly hasReader: boolean;
  readonly say: (what: string) => void;
  readonly signal: AbortSignal;
}

/** In order, since later pairs build on what earlier ones wrote and captured. */
async function checkPairs({
  wanted,
  send,
  appId,
  hasReader,
  say,
  signal,
}: Checking): Promise<readonly CheckedPair[]> {
  const run = { appId, etags: new Map<string, string>() };
  const checked: CheckedPair[] = [];
  const last = goldenPairs.findLastIndex(wanted);
  for (const pair of goldenPairs.slice(0, last + 1)) {
    signal.throwIfAborted();
    say(`pair ${pair.number}: ${pair.name}`);
    const { number, name, feature } = pair;
    const isSkipped = pair.identity === "reader" && !hasReader;
    const differences = isSkipped ? ["It needs --reader-token-file."] : await checkPair(pair, send, run);
    const result = isSkipped ? "skipped" : differences.length === 0 ? "passed" : "failed";
    if (wanted(pair)) checked.push({ number, name, feature, result, differences });
  }
  return checked;
}

interface PuttingBack {
  readonly place: CommandPlace;
  readonly env: NodeJS.ProcessEnv;
}

/** Also after Ctrl-C: the numbers that were there are the person's, who is told them where this fails. */
async function putBack(
  client: InstallSummaryClient,
  app: ListedApp,
  { place, env }: PuttingBack,
): Promise<void> {
  const { id, ...counters } = app.installSummary;
  try {
    await client.edit(id, () => counters, { unguarded: true, origin: "command" });
  } catch (error) {
    const { message, exit, code, requestId } = failureFor(error, env);
    throw new UserError(`The counters of ${appIdentity(app)} could not be put back. ${message}`, {
      exit,
      code,
      requestId,
      help: ["This sets them as they were:", undoCommand(place, app, counters, undefined)],
    });
  }
}

const columns: readonly Column[] = [
  { header: "No.", align: "right" },
  { header: "Pair", align: "left", minWidth: 30 },
  { header: "Result", align: "left" },
  { header: "Differences", align: "left", minWidth: 20 },
];

function row({ number, name, result, differences }: CheckedPair): readonly string[] {
  return [String(number), name, result, differences.join("; ")];
}
