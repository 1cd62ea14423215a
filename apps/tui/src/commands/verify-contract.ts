import { exitCodes, fileErrorText, UserError } from "@install-summary/command-line/errors";
import type { InstallSummaryClient, ListedApp } from "@install-summary/core/client";
import { connect } from "../server/connection.ts";
import { openFile } from "../server/open-file.ts";
import { readText } from "../server/read-text.ts";
import { parseTokenText } from "../server/token-text.ts";
import { appIdentity } from "../words/app-identity.ts";
import { beforeSending } from "./before-sending.ts";
import { chooseApp } from "./choose-app.ts";
import type { CommandContext } from "./command-context.ts";
import { confirm } from "./confirm.ts";
import { checkPairs, choosePairs } from "./contract-pairs.ts";
import { describeFailure } from "./describe-failure.ts";
import { openOutput } from "./output/open-output.ts";
import { printLines, textOutput } from "./output/print.ts";
import { printPairs } from "./print-pairs.ts";
import { withProgress } from "./progress.ts";
import { putBack, stoppingLines } from "./put-back.ts";
import { requireWritable } from "./require-writable.ts";
import { pairSender } from "./pair-sender.ts";
import type { SharedFlags } from "./shared-flags.ts";

/** The options as they were given. */
export interface VerifyFlags extends SharedFlags {
  readonly only?: string;
  readonly app?: string;
  readonly readerTokenFile?: string;
  readonly yes?: boolean;
}

/** Checks a server against the golden pairs, and puts the counters back that they overwrite. */
export async function verifyContract(
  context: CommandContext,
  flags: VerifyFlags,
  url: string,
): Promise<void> {
  try {
    await verify(context, flags, url);
  } catch (error) {
    // The server is the argument's, whatever the environment says.
    const failure = context.signal.aborted
      ? undefined
      : describeFailure(error, { env: context.env, place: context.placeAt(url.trim()) }, "URL");
    throw failure === undefined ? error : new UserError(failure.message, { ...failure, cause: error });
  }
}

async function verify(context: CommandContext, flags: VerifyFlags, url: string): Promise<void> {
  requireWritable(context.env);
  const { env, stderr, questions, signal } = context;
  const sending = {
    env,
    place: context.placeAt(url.trim()),
    signal,
    address: "URL",
  } as const;
  const err = textOutput(stderr, env);
  const output = await openOutput(context, flags);
  const wanted = choosePairs(flags.only);
  const readerFile = flags.readerTokenFile;
  const reader =
    readerFile === undefined ? undefined : await beforeSending(readReaderToken(readerFile, signal), sending);
  const { client, baseUrl, authorityFile, signIn } = connect(context.env, { signal, stderr, url });
  const app = await beforeSending(
    withProgress(err, () => findApp(client, flags.app, context)),
    sending,
  );
  if (flags.yes !== true) {
    const question = `Overwrite the counters of ${appIdentity(app)} at ${baseUrl}, and put them back at the end?`;
    // It overwrites more than a person has named, so it never begins unasked.
    const needsYes = "it overwrites counters, so it needs --yes without a terminal.";
    await beforeSending(
      confirm(question, context, { needsYes, help: "--yes begins without asking." }),
      sending,
    );
  }
  const { send, hide, mayArrive, own } = pairSender({
    baseUrl,
    writer: await signIn.token(),
    reader,
    signal,
  });
  // The URL of the argument may be another one than the environment's.
  const place = { ...context.placeAt(baseUrl), authorityFile };
  // It may be the last that a person hears, so it comes with --quiet too.
  const tell = (): void => {
    if (questions.isTTY) questions.write("\n");
    printLines(textOutput(questions, env), stoppingLines(place, app));
  };
  signal.addEventListener("abort", tell);
  const checking = withProgress(err, (say) => {
    const wait = (): void => say("waiting for the change on its way, to put the counters back");
    signal.addEventListener("abort", wait, { once: true });
    return checkPairs({ wanted, send, hide, appId: app.id, hasReader: reader !== undefined, say, signal });
  });
  const [checked] = await Promise.allSettled([checking]);
  const left = await putBack(client, app, {
    place,
    context,
    mayArrive: mayArrive(),
    own,
  });
  signal.removeEventListener("abort", tell);
  if (checked.status === "rejected" && left !== undefined) throw left;
  const pairs = await beforeSending(checking, sending, "The counters are as they were.");
  const { counts, failed } = await printPairs(output, pairs);
  if (left !== undefined) throw new UserError(`${counts} ${left.message}`, left);
  const words = `${counts} The counters are as they were.`;
  if (failed > 0)
    throw new UserError(words, { exit: exitCodes.refused, code: "ContractFailed", target: url });
  printLines(err, [words]);
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

async function readReaderToken(file: string, signal: AbortSignal): Promise<string> {
  try {
    const token = parseTokenText(await readText(openFile(file, signal), 64 * 1024));
    if (token !== undefined) return token;
  } catch (error) {
    if (signal.aborted) throw error;
    throw new UserError(`The file of --reader-token-file cannot be read: ${fileErrorText(error)}.`, {
      argument: file,
    });
  }
  throw new UserError("The file of --reader-token-file holds no token alone.", { argument: file });
}
