import type { UnconfirmedChangeError } from "@install-summary/core/client";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { failureOf } from "../server/failure.ts";
import { etagWord, getCommand, historyCommand, type CommandPlace } from "../words/command-text.ts";
import { failureSentences } from "../words/failure-text.ts";
import type { KnownApp } from "../words/known-app.ts";

/**
 * A change that no response confirmed and that reading has not shown to be applied, with what to do about it. `again` is the
 * command that makes the change once, however often it runs; undefined for the same one with `--if-match`. It never ends as a
 * conflict, also where the app has changed since: that would say that nothing was changed.
 */
export function unconfirmed(
  app: KnownApp,
  error: UnconfirmedChangeError,
  place: CommandPlace,
  again: string | undefined,
): UserError {
  const { ifMatch } = error;
  const said = failureSentences(error.failures.map(failureOf));
  const look = `${getCommand(place, [app.id])} shows the values that are there now.`;
  const end = (what: string, code: string, ...help: readonly string[]): UserError =>
    new UserError(`${said} ${what}`, {
      exit: exitCodes.unavailable,
      code,
      help,
      requestId: error.requestId,
      cause: error,
    });
  switch (error.outcome) {
    case "notApplied": {
      const unchanged = ifMatch === undefined ? "The values are" : `${ifMatch} is`;
      const what = `${unchanged} unchanged: the change was not applied so far.`;
      return end(what, "NotApplied", sendAgain("still arrives"));
    }
    case "overtaken": {
      const isAnew = ifMatch !== undefined && error.current?.etag === ifMatch;
      const since = isAnew
        ? `${ifMatch} has other values now, as in a store that began anew.`
        : "The app has changed since, and the new values are not there.";
      const what = `${since} The change may have been applied before that.`;
      return end(what, "Overtaken", look);
    }
    case "unknown": {
      if (error.current !== undefined) {
        const what =
          "The account has made an equal change, perhaps by another program, so it is not known whether this one was applied.";
        return end(what, "Unknown", look, `${historyCommand(place, app.id)} shows what was made when.`);
      }
      const why = error.readFailure === undefined ? "" : ` ${failureOf(error.readFailure).sentence}`;
      const what = `What became of it could not be read either, so it is not known whether the change was applied.${why}`;
      return end(what, "Unknown", look, sendAgain("has arrived, or still does"));
    }
  }

  /** How it is sent again so that it counts once, whatever the first request does. */
  function sendAgain(arrives: string): string {
    const guard =
      ifMatch === undefined
        ? undefined
        : `the command again with --if-match ${etagWord(ifMatch, place.shell)}`;
    const command = again === undefined ? guard : `${again} again`;
    return command === undefined
      ? "Check the values before you run the command again: the first request may still arrive."
      : `Run ${command}: then it counts once, even if the first request ${arrives}.`;
  }
}
