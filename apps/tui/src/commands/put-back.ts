import { exitCodes, UserError, type CommandFailure } from "@install-summary/command-line/errors";
import {
  isUnconfirmedChangeError,
  type InstallSummaryClient,
  type ListedApp,
} from "@install-summary/core/client";
import { unconfirmed } from "../changes/unconfirmed.ts";
import { appIdentity } from "../words/app-identity.ts";
import type { CommandPlace } from "../words/command-text.ts";
import { changedMeanwhile, isChangedByOthers } from "./changed-meanwhile.ts";
import { failureFor, type FailureContext } from "./describe-failure.ts";
import type { OwnVersions } from "./own-versions.ts";
import { putBackCommand } from "./put-back-command.ts";

interface PuttingBack {
  readonly place: CommandPlace;
  readonly context: FailureContext;
  /** Whether a change that was sent before may still arrive. */
  readonly mayArrive: boolean;
  readonly own: OwnVersions;
}

/** What a person who stops is told at once: a second Ctrl-C ends the program before the counters are put back. */
export function stoppingLines(place: CommandPlace, app: ListedApp): readonly string[] {
  return [
    `Stopping: waits for the change on its way, and puts the counters of ${appIdentity(app)} back.`,
    "A second Ctrl-C ends at once, and they may hold other numbers then. This sets them as they were:",
    putBackCommand(place, app),
  ];
}

/**
 * Sets the counters as they were, also after Ctrl-C: the numbers that were there are the person's, who is told them where this
 * fails or may not last. Where someone else has changed them meanwhile, nothing is put over that. Resolves to the error that tells
 * them; to undefined where the counters are as they were.
 */
export async function putBack(
  client: InstallSummaryClient,
  app: ListedApp,
  { place, context, mayArrive, own }: PuttingBack,
): Promise<UserError | undefined> {
  const { id, ...counters } = app.installSummary;
  const help = ["This sets them as they were:", putBackCommand(place, app)];
  const name = appIdentity(app);
  try {
    const now = await client.getApp(id);
    // Of a change without a known end, no one can tell whose version is there.
    const isKnown = !mayArrive && own.areAllKnown();
    if (isKnown && (await isChangedByOthers(client, app, now, own)))
      return changedMeanwhile(app, now.installSummary, place);
    await client.edit(id, () => counters, {
      base: { summary: now.installSummary, etag: now.etag },
      unguarded: true,
      origin: "command",
      onConflict(_conflicts, theirs) {
        if (isKnown) throw changedMeanwhile(app, theirs.summary, place);
        // A change of the pairs that arrives meanwhile is no one's decision.
        return counters;
      },
    });
  } catch (error) {
    if (error instanceof UserError) return error;
    const { message, exit, code, requestId } = failed(error);
    const told = `The counters of ${name} could not be put back. ${message}`;
    return new UserError(told, { exit, code, requestId, help, cause: error });
  }
  if (!mayArrive) return undefined;
  const message = `The counters of ${name} were put back, but a change of them got no response and may still arrive.`;
  return new UserError(message, { exit: exitCodes.unavailable, code: "NoResponse", help });

  function failed(error: unknown): CommandFailure {
    return isUnconfirmedChangeError(error)
      ? unconfirmed(app, error, place, undefined)
      : failureFor(error, context);
  }
}
