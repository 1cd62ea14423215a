import { ask } from "@install-summary/command-line/ask";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { ownSignsFor } from "@install-summary/command-line/text";
import type { CommandContext } from "./command-context.ts";

/**
 * Asks whether to go on where a person can reply; without a terminal on standard input it goes on. Throws
 * `UserError` where the question cannot be seen or replied to, and where the reply is no.
 */
export async function confirm(question: string, context: CommandContext): Promise<void> {
  if (!context.stdin.isTTY) return;
  const reply = await ask(ownSignsFor(context.env)(question), context);
  if (reply === undefined)
    throw nothingSent("confirmation needs a terminal on standard error.", "NotConfirmed");
  if (!reply) throw nothingSent("the reply was not yes.", "Declined");
}

function nothingSent(why: string, code: string): UserError {
  const help = ["--yes sends without asking, --dry-run only shows."];
  return new UserError(`Nothing was sent: ${why}`, { exit: exitCodes.usage, code, help });
}
