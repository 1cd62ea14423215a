import { counterNames, type InstallSummary } from "@install-summary/core";
import type { InstallSummaryClient, ListedApp } from "@install-summary/core/client";
import { parseETagVersion } from "@install-summary/core/text";
import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { appIdentity } from "../words/app-identity.ts";
import { formatCount } from "../words/format-count.ts";
import { historyCommand, type CommandPlace } from "../words/command-text.ts";
import type { OwnVersions } from "./own-versions.ts";
import { putBackCommand } from "./put-back-command.ts";

/** Whether someone else has changed an app since it was read, by its version `now`, or by the log where the server has one. */
export async function isChangedByOthers(
  client: Pick<InstallSummaryClient, "changes">,
  app: ListedApp,
  now: ListedApp,
  own: OwnVersions,
): Promise<boolean> {
  if (app.etag === undefined || now.etag === undefined) return false;
  if (now.etag !== app.etag && !own.has(now.etag)) return true;
  const start = parseETagVersion(app.etag);
  if (start === undefined) return false;
  try {
    // Their version may lie between two of this run.
    for await (const change of client.changes({ appId: app.id, order: "desc", top: 1000 })) {
      if (change.version <= start) return false;
      if (!own.made(change)) return true;
    }
  } catch {
    // Without a log, the version that is there decides.
  }
  return false;
}

/** The error for counters that are not put back, since someone else would lose what they have set. */
export function changedMeanwhile(app: ListedApp, now: InstallSummary, place: CommandPlace): UserError {
  const was = app.installSummary;
  const differences = counterNames
    .filter((name) => now[name] !== was[name])
    .map((name) => `${name} is ${formatCount(now[name])} now; it was ${formatCount(was[name])}.`);
  const message = `Someone else has changed ${appIdentity(app)} meanwhile, so its counters were not put back: they are theirs and those of the pairs.`;
  return new UserError(message, {
    exit: exitCodes.conflict,
    code: "ChangedMeanwhile",
    help: [
      ...differences,
      // Another run may have been under way when this one read the app.
      "This sets them as they were when this run began; history shows who changed what, and what was there before:",
      putBackCommand(place, app),
      historyCommand(place, app.id),
    ],
  });
}
