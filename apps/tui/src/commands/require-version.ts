import { formatETag, matchesETag } from "@install-summary/core";
import { UserError, exitCodes, shownWord } from "@install-summary/command-line/errors";
import { getCommand, historyCommand, type CommandPlace } from "../words/command-text.ts";
import type { KnownApp } from "../words/known-app.ts";

/**
 * Throws `UserError` unless the app is the version that `--if-match`, or the argument given, asks for. Asked protection
 * is never dropped: an app without a version is refused too.
 */
export function requireVersion(
  ifMatch: string,
  app: KnownApp,
  place: CommandPlace,
  argument = ifMatch,
): void {
  const about = { target: "If-Match", argument };
  if (app.etag === undefined) {
    const message = "The version cannot be checked: this server sends no ETags. Nothing was sent.";
    throw new UserError(message, { ...about, exit: exitCodes.refused, code: "PreconditionRequired" });
  }
  if (isCurrent(plainETags(ifMatch), app.etag)) return;
  throw new UserError(`The app is ${app.etag} now, not ${shownWord(ifMatch)}. Nothing was sent.`, {
    ...about,
    exit: exitCodes.conflict,
    code: "PreconditionFailed",
    help: [
      `${getCommand(place, [app.id])} shows the values that are there now.`,
      // One that was to count once, after a first one whose response was lost, may be among them.
      `${historyCommand(place, app.id)} shows who changed it, where the server has a change log.`,
    ],
  });
}

/**
 * What is meant by an ETag whose quotes a shell has changed on the way: Windows PowerShell drops them or needs `\"` for them.
 * A number alone is a version.
 */
function plainETags(text: string): string {
  const quoted = text.trim().replaceAll('\\"', '"');
  const [, version] = /^(?:W\/)?(\d+)$/.exec(quoted) ?? [];
  return version === undefined ? quoted : formatETag(Number(version));
}

function isCurrent(ifMatch: string, etag: string): boolean {
  try {
    return matchesETag(ifMatch, etag);
  } catch {
    throw new UserError(`--if-match must be an ETag; got ${shownWord(ifMatch)}.`, {
      target: "If-Match",
      argument: ifMatch,
      exit: exitCodes.usage,
      code: "Usage",
      help: [`An ETag looks like ${etag}. In a shell, quote it: --if-match '${etag}'.`],
    });
  }
}
