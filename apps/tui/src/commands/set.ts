import { connect } from "../server/connection.ts";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { beforeSending } from "./before-sending.ts";
import { changeApp, type ChangeFlags } from "./change-app.ts";
import { chooseApp } from "./choose-app.ts";
import type { CommandContext } from "./command-context.ts";
import { openOutput } from "./output/open-output.ts";
import { textOutput } from "./output/print.ts";
import { withProgress } from "./progress.ts";
import { readChange } from "./read-change.ts";
import { requireVersion } from "./require-version.ts";
import { requireWritable } from "./require-writable.ts";

/** The options as they were given. */
export interface SetFlags extends ChangeFlags {
  readonly ifMatch?: string;
}

/** Reads the app, shows old and new values, asks, and changes the version that it read, or moves onto a newer one. */
export async function set(context: CommandContext, flags: SetFlags, args: readonly string[]): Promise<void> {
  requireWritable(context.env);
  const [name, ...rest] = args;
  if (name === undefined) throw noApp(context.call);
  const { env, place, stdin, stderr, signal } = context;
  const output = await openOutput(context, flags);
  const change = await beforeSending(readChange(rest, stdin, signal), context);
  const connection = connect(env, { signal, stderr });
  const app = await beforeSending(
    withProgress(textOutput(stderr, env), () => chooseApp(connection.client, name, context)),
    context,
  );
  if (flags.ifMatch !== undefined) requireVersion(flags.ifMatch, app, place);
  const edit = change.editOf(app.installSummary);
  // After the edit: a file of another app says so, whatever its version.
  if (change.readAt !== undefined) requireVersion(change.readAt.etag, app, place, change.readAt.argument);
  const isExact = flags.ifMatch !== undefined || change.readAt !== undefined;
  await changeApp(context, flags, { connection, output, app, edit, isExact, origin: "command" });
}

function noApp(call: string): UserError {
  const help = [`${call} set --help shows how.`];
  return new UserError("APP is missing.", { exit: exitCodes.usage, code: "Usage", help });
}
