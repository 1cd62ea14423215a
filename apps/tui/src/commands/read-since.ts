import type { InstallSummaryClient, ListedApp, ListedChange } from "@install-summary/core/client";
import { parseETagVersion } from "@install-summary/core/text";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { appName } from "../words/app-name.ts";

/**
 * The app as it is since a change: the change may have been made after the app was read. Rejects with `UserError` where the
 * server goes on responding with an older version, of which nothing could be taken back.
 */
export async function readSince(
  client: Pick<InstallSummaryClient, "getApp">,
  app: ListedApp,
  { version }: ListedChange,
  signal: AbortSignal,
): Promise<ListedApp> {
  if (!isOlder(app, version)) return app;
  const again = await client.getApp(app.id, { signal });
  if (!isOlder(again, version)) return again;
  const message = `The log has version ${version} of ${appName(app)}, and the server responds with version ${parseETagVersion(again.etag)}.`;
  throw new UserError(`Nothing was sent. ${message}`, {
    exit: exitCodes.unavailable,
    code: "OlderVersion",
    help: ["Try again in a moment: another server may respond, or a cache in between may be old."],
  });
}

function isOlder({ etag }: ListedApp, version: number): boolean {
  const read = parseETagVersion(etag);
  return read !== undefined && read < version;
}
