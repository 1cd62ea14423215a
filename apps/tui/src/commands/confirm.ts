import { ask } from "@install-summary/command-line/ask";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { ownSignsFor } from "@install-summary/command-line/text";
import type { CommandContext } from "./command-context.ts";

/**
 * Asks whether to go on where a person can reply. Without a terminal on standard input the change of one app goes on;
 * several throw `UserError`, as does a question that cannot be seen or replied to, and a reply that is no.
 */
export async function confirm(question: string, context: CommandContext, apps = 1): Promise<void> {
  if (!context.stdin.isTTY) {
    if (apps > 1) throw nothingSent("changes of several apps need --yes without a terminal.", "NotConfirmed");
    return;
  }
  const { stdin, questions, signal } = context;
  const reply = await ask(ownSignsFor(context.env)(question), { stdin, stderr: questions, signal });
  if (reply === undefined)
    throw nothingSent("confirmation needs a terminal on standard error.", "NotConfirmed");
  if (!reply) throw nothingSent("the reply was not yes.", "Declined");
}

function nothingSent(why: string, code: string): UserError {
  const help = ["--yes sends without asking, --dry-run only shows."];
  return new UserError(`Nothing was sent: ${why}`, { exit: exitCodes.usage, code, help });
}
