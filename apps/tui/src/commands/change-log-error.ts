import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { isGraphError } from "@install-summary/core";
import { isNoChangeLogError } from "../changes/change-log.ts";

/** What an error of reading the change log means: where it says that the server has none, that, with what to do. */
export function changeLogError(error: unknown): unknown {
  if (!isGraphError(error) || !isNoChangeLogError(error)) return error;
  return new UserError(
    `This server has no change log (${error.status}): only a facade of Install Summary has one.`,
    {
      exit: exitCodes.notFound,
      code: "NoChangeLog",
      target: "INSTALL_SUMMARY_URL",
      requestId: error.requestId,
      help: [
        "Is INSTALL_SUMMARY_URL right?",
        "set changes counters on every server, and prints the command that undoes it where that is needed.",
      ],
    },
  );
}
