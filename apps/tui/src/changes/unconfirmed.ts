import type { UnconfirmedChangeError } from "@install-summary/core/client";
import { UserError, exitCodes, type ExitCode } from "@install-summary/command-line/errors";
import { failureOf } from "../server/failure.ts";
import { etagWord } from "../words/command-text.ts";
import { failureSentences } from "../words/failure-text.ts";
import type { KnownApp } from "../words/known-app.ts";
import type { Shell } from "../words/shell-text.ts";

/** What the commands are made of that are shown. */
interface ShownCommands {
  readonly call: string;
  /** The command that makes the change once, however often it runs; undefined for the same one with `--if-match`. */
  readonly again?: string | undefined;
  readonly shell: Shell;
}

/** A change that no response confirmed and that reading has not shown to be applied, with what to do about it. */
export function unconfirmed(
  app: KnownApp,
  error: UnconfirmedChangeError,
  { call, again, shell }: ShownCommands,
): UserError {
  const said = failureSentences(error.failures.map(failureOf));
  const look = `${call} get ${app.id} shows the values that are there now.`;
  const end = (what: string, exit: ExitCode, code: string, help: string): UserError =>
    new UserError(`${said} ${what}`, {
      exit,
      code,
      help: [help],
      requestId: error.requestId,
      cause: error,
    });
  switch (error.outcome) {
    case "notApplied": {
      const { ifMatch } = error;
      const unchanged = ifMatch === undefined ? "The values are" : `${ifMatch} is`;
      const what = `${unchanged} unchanged: the change was not applied so far.`;
      return end(what, exitCodes.unavailable, "NotApplied", againHelp(ifMatch, again, shell));
    }
    case "overtaken": {
      const what =
        "The app has changed since, to values that are neither the old nor the new ones. The change may have been applied before that.";
      return end(what, exitCodes.conflict, "Overtaken", look);
    }
    case "unknown": {
      const why = error.readFailure === undefined ? "" : ` ${failureOf(error.readFailure).sentence}`;
      const what = `Reading the app failed too, so it is not known whether the change was applied.${why}`;
      return end(what, exitCodes.unavailable, "Unknown", look);
    }
  }
}

function againHelp(ifMatch: string | undefined, again: string | undefined, shell: Shell): string {
  if (again !== undefined)
    return `Run ${again} again: then it counts once, even if the first request still arrives.`;
  return ifMatch === undefined
    ? "Check the values before you run the command again: the first request may still arrive."
    : `Run the command again with --if-match ${etagWord(ifMatch, shell)}: then it counts once, even if the first request still arrives.`;
}
