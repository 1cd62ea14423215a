import { isGraphError, type InstallSummaryEdit } from "@install-summary/core";
import {
  isEditConflictError,
  isUnconfirmedChangeError,
  type ClientOrigin,
  type EditedSummary,
  type InstallSummaryClient,
} from "@install-summary/core/client";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { isSameReading, readingOf } from "./as-read.ts";
import { conflictOf, refusedAsChanged } from "./conflict.ts";
import { unconfirmed } from "./unconfirmed.ts";
import { getCommand, type CommandPlace } from "../words/command-text.ts";
import type { KnownApp } from "../words/known-app.ts";

/** The summary after a change. */
export interface SentChange extends Omit<EditedSummary, "on"> {
  /** The app at the version that the change was finally made on: as it was read, or as someone else has changed it. */
  readonly on: KnownApp;
}

/** How a change is sent. */
export interface SendOptions {
  /** Whether to change the version that was read and no other. */
  readonly isExact: boolean;
  /** Through what the change comes, for the change log. */
  readonly origin: ClientOrigin;
  /** Where the commands that are shown are to work. */
  readonly place: CommandPlace;
  /** The command that makes the change once, however often it runs; undefined for the same one with `--if-match`. */
  readonly again?: string | undefined;
  readonly signal: AbortSignal;
  /** Is told what goes on when it takes longer. */
  readonly say: (what: string) => void;
}

/** How often an edit is sent at most: on the version that was read, and on three that someone else has made since. */
const maxSends = 4;

/**
 * Sends an edit that was made on the app as it was read, as the client's `edit` does. Throws `UserError` for a conflict,
 * for a change whose outcome is open, and where it was stopped on the way.
 */
export async function sendChange(
  client: InstallSummaryClient,
  app: KnownApp,
  edit: InstallSummaryEdit,
  { isExact, origin, place, again, signal, say }: SendOptions,
): Promise<SentChange> {
  let isRefused = false;
  try {
    const { on, ...sent } = await client.edit(app.id, () => edit, {
      // The version that was read, also where --if-match is a list or *: that is what was shown.
      base: readingOf(app),
      unguarded: true,
      tries: isExact ? 1 : maxSends,
      origin,
      signal,
      onStep: (step) => {
        if (step.kind === "send") say("the server is busy; sending again");
        if (step.kind === "look") say("not confirmed; reading again");
      },
      onRefused() {
        isRefused = true;
        say("the server refused the change (412); reading again");
      },
    });
    const isMoved = isRefused && (on.etag === undefined || !isSameReading(readingOf(app), on));
    return { ...sent, on: isMoved ? { ...app, installSummary: on.summary, etag: on.etag } : app };
  } catch (error) {
    if (signal.aborted) throw stoppedWhileSending(app, signal.reason, place);
    if (isUnconfirmedChangeError(error)) throw unconfirmed(app, error, place, again);
    if (isEditConflictError(error)) throw conflictOf(app, error);
    // Other servers and gateways have codes of their own.
    if (isGraphError(error) && error.status === 412) {
      const now = await client.get(app.id, { signal }).catch(() => undefined);
      throw refusedAsChanged(app, error, now);
    }
    throw error;
  }
}

function stoppedWhileSending(app: KnownApp, reason: unknown, place: CommandPlace): UserError {
  return new UserError("Stopped while the change was on its way: it may have been applied.", {
    exit: reason instanceof UserError ? reason.exit : exitCodes.interrupted,
    code: "Stopped",
    help: [`${getCommand(place, [app.id])} shows the values that are there now.`],
    cause: reason,
  });
}
