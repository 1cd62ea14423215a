import {
  isGraphError,
  rebase,
  type InstallSummaryEdit,
  type InstallSummaryPatch,
} from "@install-summary/core";
import {
  isUnconfirmedChangeError,
  type InstallSummaryClient,
  type ListedApp,
  type UpdatedSummary,
  type UpdateOptions,
} from "@install-summary/core/client";
import { randomUUID } from "node:crypto";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { conflictOf, movedAway } from "./conflict.ts";
import { unconfirmed } from "./unconfirmed.ts";

/** The summary after a change. */
export interface SentChange extends UpdatedSummary {
  /** The app at the version that the change was finally made on. */
  readonly on: ListedApp;
  /** What was sent; empty where nothing was left to change. */
  readonly patch: InstallSummaryPatch;
}

/** How a change is sent. */
export interface SendOptions {
  /** Whether to change the version that was read and no other. */
  readonly isExact: boolean;
  /** How a person calls this program in a shell. */
  readonly call: string;
  readonly signal: AbortSignal;
  /** Is told what goes on when it takes longer. */
  readonly say: (what: string) => void;
}

/** How often an edit is moved onto a version that someone else has made in between. */
const maxMoves = 3;

/**
 * Sends an edit that was made on the app as it was read, guarded by its version. Where someone else has changed the app
 * the edit is moved onto what is there now and sent again, if nothing conflicts and no version was asked for. Throws
 * `UserError` for a conflict, for a change whose outcome is open, and where it was stopped on the way.
 */
export async function sendChange(
  client: InstallSummaryClient,
  app: ListedApp,
  edit: InstallSummaryEdit,
  { isExact, call, signal, say }: SendOptions,
): Promise<SentChange> {
  const options: UpdateOptions = {
    origin: "command",
    clientRequestId: randomUUID(),
    signal,
    onStep: (step) => {
      if (step.kind === "send") say("the server is busy; sending again");
      if (step.kind === "look") say("not confirmed; reading again");
    },
  };
  let now = app;
  for (let moves = 0; ; moves += 1) {
    const { patch, conflicts } = rebase(app.installSummary, edit, now.installSummary);
    if (conflicts.length > 0) throw conflictOf(app, conflicts);
    // Someone else has made the same change.
    if (Object.keys(patch).length === 0)
      return { summary: now.installSummary, etag: now.etag, on: now, patch };
    try {
      // The version that was read, also where --if-match is a list or *: that is what was shown.
      const guard = now.etag === undefined ? {} : { ifMatch: now.etag };
      return { ...(await client.update(app.id, patch, { ...options, ...guard })), on: now, patch };
    } catch (error) {
      if (signal.aborted) throw stoppedWhileSending(app, signal.reason, call);
      if (isUnconfirmedChangeError(error)) throw unconfirmed(now, error, call);
      if (!isGraphError(error, "PreconditionFailed")) throw error;
      if (isExact || moves === maxMoves) throw movedAway(app, error.requestId);
    }
    say("someone else changed the app; reading again");
    const { summary, etag } = await client.get(app.id, { signal });
    now = { ...app, installSummary: summary, etag };
  }
}

function stoppedWhileSending(app: ListedApp, reason: unknown, call: string): UserError {
  return new UserError("Stopped while the change was on its way: it may have been applied.", {
    exit: reason instanceof UserError ? reason.exit : exitCodes.interrupted,
    code: "Stopped",
    help: [`${call} get ${app.id} shows the values that are there now.`],
    cause: reason,
  });
}
