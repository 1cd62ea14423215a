import { UserError, exitCodes } from "@install-summary/command-line/errors";

/** The error before a server that has no change log. */
export function noChangeLog(call: string): UserError {
  return new UserError("This server has no change log: only a facade of Install Summary has one.", {
    exit: exitCodes.notFound,
    code: "NoChangeLog",
    target: "INSTALL_SUMMARY_URL",
    help: [
      `${call} set changes counters on every server, and prints the command that undoes it where that is needed.`,
    ],
  });
}
