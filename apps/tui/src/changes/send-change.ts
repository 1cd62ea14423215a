import {
  isGraphError,
  rebase,
  type InstallSummaryEdit,
  type InstallSummaryPatch,
} from "@install-summary/core";
import type { InstallSummaryClient, ListedApp, ReadSummary } from "@install-summary/core/client";
import { CommandError, exitCodes } from "../errors/command-error.ts";
import { programCall } from "../words/program-call.ts";
import { conflictOf, movedAway } from "./conflict.ts";
import { isLostAnswer, lookDespite, settleLostAnswer } from "./settle-lost-answer.ts";

/** The summary after a change. */
export interface SentChange extends ReadSummary {
  /** The version that the change was made on in the end. */
  readonly on: ListedApp;
  /** Whether its answer was lost, so that only reading again told that it was applied. */
  readonly wasLost: boolean;
}

export interface SendOptions {
  /** Whether it must be the version that was read, whoever else is faster. */
  readonly isExact: boolean;
  readonly signal: AbortSignal;
  /** Is told what goes on when it takes longer. */
  readonly say: (what: string) => void;
}

/** So often an edit is moved onto the version of whoever was faster. */
const mostMoves = 3;

/**
 * Sends an edit that was made on the app as it was read, guarded by its version. Where someone else was faster the edit
 * is moved onto what is there now and sent again, if nothing conflicts and no version was asked for; a lost answer is
 * settled by reading. Throws `CommandError` for a conflict: nothing was changed then.
 */
export async function sendChange(
  client: InstallSummaryClient,
  app: ListedApp,
  edit: InstallSummaryEdit,
  options: SendOptions,
): Promise<SentChange> {
  try {
    return await sendOn(app, 0);
  } catch (error) {
    throw options.signal.aborted ? stoppedWhileSending(app, options.signal.reason) : error;
  }

  async function sendOn(now: ListedApp, moves: number): Promise<SentChange> {
    const { patch, conflicts } = rebase(app.installSummary, edit, now.installSummary);
    if (conflicts.length > 0) throw conflictOf(app, conflicts);
    // Others have done the same.
    if (Object.keys(patch).length === 0)
      return { summary: now.installSummary, etag: now.etag, on: now, wasLost: false };
    try {
      return { ...(await sendOrSettle(client, now, patch, options)), on: now };
    } catch (error) {
      if (!isGraphError(error, "PreconditionFailed")) throw error;
      if (options.isExact || moves === mostMoves) throw movedAway(app, error.requestId);
      options.say("someone else was faster; reading again");
      const { summary, etag } = await client.get(app.id, { signal: options.signal });
      return await sendOn({ ...app, installSummary: summary, etag }, moves + 1);
    }
  }
}

async function sendOrSettle(
  client: InstallSummaryClient,
  app: ListedApp,
  patch: InstallSummaryPatch,
  { signal, say }: SendOptions,
): Promise<Omit<SentChange, "on">> {
  try {
    // The version that was read, also where --if-match is a list or *: that is what was shown.
    const guard = app.etag === undefined ? {} : { ifMatch: app.etag };
    const options = { ...guard, origin: "command", signal, lostAnswer: "throw" } as const;
    const now = await client.update(app.id, patch, options);
    return { ...now, wasLost: false };
  } catch (error) {
    if (!signal.aborted && isGraphError(error, "ServiceUnavailable")) {
      return { ...(await lookDespite(error, client, app.id, patch, signal)), wasLost: true };
    }
    if (signal.aborted || !isLostAnswer(error)) throw error;
    say("no answer; reading again");
    return { ...(await settleLostAnswer(client, app, patch, error, signal)), wasLost: true };
  }
}

function stoppedWhileSending(app: ListedApp, reason: unknown): CommandError {
  return new CommandError("stopped while the change was on its way: it may have been applied.", {
    exit: reason instanceof CommandError ? reason.exit : exitCodes.interrupted,
    code: "Stopped",
    help: [`${programCall()} get ${app.id} shows what is there now.`],
    cause: reason,
  });
}
