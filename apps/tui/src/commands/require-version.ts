import { matchesETag } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { CommandError, exitCodes } from "../errors/command-error.ts";
import { programCall } from "../words/program-call.ts";

/**
 * Throws `CommandError` where the app is not the version that `--if-match` asks for. Asked protection is never
 * dropped: a version that cannot be compared is not the one that was asked for.
 */
export function requireVersion(ifMatch: string, app: ListedApp): void {
  const about = { target: "If-Match", argument: ifMatch };
  if (app.etag === undefined) {
    const message = "--if-match cannot be kept: this server has no versions. Nothing was sent.";
    throw new CommandError(message, { ...about, exit: exitCodes.refused, code: "PreconditionRequired" });
  }
  if (isCurrent(ifMatch, app.etag)) return;
  throw new CommandError(`the app has changed: it is ${app.etag} now, not ${ifMatch}. Nothing was sent.`, {
    ...about,
    exit: exitCodes.conflict,
    code: "PreconditionFailed",
    help: [`${programCall()} get ${app.id} shows what is there now.`],
  });
}

function isCurrent(ifMatch: string, etag: string): boolean {
  try {
    return matchesETag(ifMatch, etag);
  } catch {
    throw new CommandError(`--if-match is no ETag; got ${ifMatch}.`, {
      target: "If-Match",
      argument: ifMatch,
      exit: exitCodes.usage,
      code: "Usage",
      help: [`An ETag looks like ${etag}; in a shell it is quoted: --if-match '${etag}'.`],
    });
  }
}
