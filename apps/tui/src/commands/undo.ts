import type { InstallSummaryClient, ListedApp, ListedChange } from "@install-summary/core/client";
import { parseETagVersion } from "@install-summary/core/text";
import { UserError, exitCodes, shownWord } from "@install-summary/command-line/errors";
import { noteOlderRemoved, readChangesPage } from "../changes/change-log.ts";
import { takeBack, type TakenBack } from "../changes/take-back.ts";
import { connect } from "../server/connection.ts";
import { appName } from "../words/app-name.ts";
import { changeActor, olderRemovedText } from "../words/change-words.ts";
import { historyCommand, undoVersionCommand } from "../words/command-text.ts";
import { momentText } from "../words/clock-time.ts";
import { formatCount } from "../words/format-count.ts";
import { beforeSending } from "./before-sending.ts";
import { changeApp, type ChangeFlags } from "./change-app.ts";
import { chooseApp } from "./choose-app.ts";
import type { CommandContext } from "./command-context.ts";
import { changeLogError } from "./change-log-error.ts";
import { openOutput } from "./output/open-output.ts";
import { printLines, textOutput } from "./output/print.ts";
import { withProgress } from "./progress.ts";
import { readSince } from "./read-since.ts";
import { requireWritable } from "./require-writable.ts";

/** The options as they were given. */
export interface UndoFlags extends ChangeFlags {
  readonly partly?: boolean;
}

/** Finds the change, shows what taking it back does, asks, and sends the inverse. */
export async function undo(
  context: CommandContext,
  flags: UndoFlags,
  name: string,
  madeVersion: string | undefined,
): Promise<void> {
  requireWritable(context.env);
  const { env, stderr, signal } = context;
  const err = textOutput(stderr, env);
  const version = madeVersion === undefined ? undefined : parseVersion(madeVersion, name, context);
  const output = await openOutput(context, flags);
  const connection = connect(env, { signal, stderr });
  const { client } = connection;
  const [app, change] = await beforeSending(
    withProgress(err, async () => {
      const found = await chooseApp(client, name, context);
      const made = await findChange(client, found, version, context);
      return [await readSince(client, found, made, signal), made] as const;
    }),
    context,
  );
  const { patch, counters } = takeBack(change, app.installSummary);
  const what = `version ${change.version} of ${appName(app)}, made by ${changeActor(change)} on ${momentText(Date.parse(change.changedAt))} (${change.origin})`;
  if (counters.length === 0) throw nothingBefore(what);
  const overwritten = counters.flatMap((one) => (one.kind === "overwritten" ? [overwrittenText(one)] : []));
  if (overwritten.length > 0 && flags.partly !== true) throw overwrittenSince(what, overwritten);
  printLines(err, [`Taking back ${what}.`, ...overwritten.map((text) => `Left out: ${text}`)]);
  // Without its version, the latest change would then be the undo itself.
  const again = undoVersionCommand(context.place, app, change.version);
  const asked = { connection, output, app, edit: patch, isExact: false, origin: "undo", again } as const;
  await changeApp(context, flags, asked);
}

function parseVersion(text: string, app: string, { place }: CommandContext): number {
  const version = /^[1-9][0-9]{0,14}$/.test(text) ? Number(text) : parseETagVersion(text);
  if (version !== undefined) return version;
  throw new UserError(`CHANGE must be the version that a change made; got ${shownWord(text)}.`, {
    exit: exitCodes.usage,
    code: "Usage",
    argument: text,
    help: [`${historyCommand(place, app)} shows the versions, such as 8.`],
  });
}

/** The change that made a version, or the caller's latest one. Rejects with `UserError` where the log has none. */
async function findChange(
  client: InstallSummaryClient,
  app: ListedApp,
  version: number | undefined,
  { place, signal }: CommandContext,
): Promise<ListedChange> {
  let isOlderRemoved = false;
  try {
    if (version === undefined) {
      const page = await readChangesPage(client, { appId: app.id, actor: "me", top: 1, signal });
      if (page.changes[0] !== undefined) return page.changes[0];
      ({ isOlderRemoved } = page);
    } else {
      const { onOlderRemoved, ...older } = noteOlderRemoved();
      let isPassed = false;
      const query = { appId: app.id, order: "desc", top: 1000, signal, onOlderRemoved } as const;
      for await (const change of client.changes(query)) {
        if (change.version === version) return change;
        isPassed = change.version < version;
        if (isPassed) break;
      }
      isOlderRemoved = !isPassed && older.isOlderRemoved();
    }
  } catch (error) {
    throw changeLogError(error);
  }
  const what =
    version === undefined
      ? `no change of yours of ${appName(app)}`
      : `no version ${version} of ${appName(app)}`;
  // It may have had one.
  const end = isOlderRemoved ? ` now. ${olderRemovedText}` : ".";
  throw new UserError(`The change log has ${what}${end}`, {
    exit: exitCodes.notFound,
    code: "ChangeNotFound",
    help: [`${historyCommand(place, app.id)} shows what it has.`],
  });
}

function overwrittenText({
  counter,
  made,
  before,
  now,
}: Extract<TakenBack, { readonly kind: "overwritten" }>): string {
  return `${counter} is ${formatCount(now)} now; the change made it ${formatCount(made)}, from ${formatCount(before)}.`;
}

function overwrittenSince(what: string, texts: readonly string[]): UserError {
  return new UserError(`Nothing was sent: counters have been changed since ${what}.`, {
    exit: exitCodes.conflict,
    code: "Overwritten",
    help: [...texts, "--partly leaves these out and takes the rest back."],
  });
}

function nothingBefore(what: string): UserError {
  return new UserError(`Nothing was sent: ${what}, has created the app, and there are no values before it.`, {
    exit: exitCodes.refused,
    code: "NothingBefore",
  });
}
