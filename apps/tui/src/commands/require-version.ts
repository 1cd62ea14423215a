import { matchesETag } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { UserError, exitCodes, shownWord } from "@install-summary/command-line/errors";

/**
 * Throws `UserError` unless the app is the version that `--if-match`, or the argument given, asks for. Asked protection
 * is never dropped: an app without a version is refused too.
 */
export function requireVersion(ifMatch: string, app: ListedApp, call: string, argument = ifMatch): void {
  const about = { target: "If-Match", argument };
  if (app.etag === undefined) {
    const message = "The version cannot be checked: this server sends no ETags. Nothing was sent.";
    throw new UserError(message, { ...about, exit: exitCodes.refused, code: "PreconditionRequired" });
  }
  if (isCurrent(ifMatch, app.etag)) return;
  throw new UserError(
    `The app has changed: it is ${app.etag} now, not ${shownWord(ifMatch)}. Nothing was sent.`,
    {
      ...about,
      exit: exitCodes.conflict,
      code: "PreconditionFailed",
      help: [`${call} get ${app.id} shows the values that are there now.`],
    },
  );
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
