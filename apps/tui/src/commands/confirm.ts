import { createInterface } from "node:readline/promises";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import type { CommandContext } from "./command-context.ts";

/**
 * Asks whether to go on where a person can reply; without a terminal on standard input it goes on. Throws
 * `UserError` where the question cannot be seen or replied to, and where the reply is no.
 */
export async function confirm(question: string, { stdin, stderr, signal }: CommandContext): Promise<void> {
  if (!stdin.isTTY) return;
  if (!stderr.isTTY || stdin.readableEnded)
    throw nothingSent("confirmation needs a terminal on standard error.", "NotConfirmed");
  // Without readline's terminal mode the terminal itself edits the line, and Ctrl-C stays a signal.
  const lines = createInterface({ input: stdin, output: stderr, terminal: false });
  const end = new Promise<undefined>((resolve) => {
    lines.once("close", () => resolve(undefined));
  });
  try {
    const reply = await Promise.race([lines.question(`${question} [y/N] `, { signal }), end]);
    if (reply === undefined) stderr.write("\n");
    if (!/^y(?:es)?$/i.test(reply?.trim() ?? "")) throw nothingSent("the reply was not yes.", "Declined");
  } finally {
    lines.close();
  }
}

function nothingSent(why: string, code: string): UserError {
  const help = ["--yes sends without asking, --dry-run only shows."];
  return new UserError(`Nothing was sent: ${why}`, { exit: exitCodes.usage, code, help });
}
