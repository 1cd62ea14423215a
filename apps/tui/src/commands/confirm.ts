import { ask } from "@install-summary/command-line/ask";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { ownSignsFor } from "@install-summary/command-line/text";
import type { CommandContext } from "./command-context.ts";

/** What a command needs a person's yes for, also where it cannot ask. */
export interface ConfirmOptions {
  /** Why it does not go on unasked without a terminal. @default it goes on */
  readonly needsYes?: string | undefined;
  readonly help?: string;
}

/** Of several apps nothing is changed unasked. */
export function severalApps(count: number): ConfirmOptions {
  return count > 1 ? { needsYes: "changes of several apps need --yes without a terminal." } : {};
}

/**
 * Asks whether to go on where a person can reply. Throws `UserError` for a question that cannot be seen or replied to, and for
 * a reply that is no. Without a terminal on standard input it goes on, unless the options say why not.
 */
export async function confirm(
  question: string,
  context: CommandContext,
  { needsYes, help = "--yes sends without asking, --dry-run only shows." }: ConfirmOptions = {},
): Promise<void> {
  if (!context.stdin.isTTY) {
    if (needsYes !== undefined) throw nothingSent(needsYes, "NotConfirmed");
    return;
  }
  const { stdin, questions, signal } = context;
  const reply = await ask(ownSignsFor(context.env)(question), { stdin, stderr: questions, signal });
  if (reply === undefined)
    throw nothingSent("confirmation needs a terminal on standard error.", "NotConfirmed");
  if (!reply) throw nothingSent("the reply was not yes.", "Declined");

  function nothingSent(why: string, code: string): UserError {
    return new UserError(`Nothing was sent: ${why}`, { exit: exitCodes.usage, code, help: [help] });
  }
}
