import { isGraphError, type InstallSummaryPatch } from "@install-summary/core";
import type { InstallSummaryClient, ListedApp, ReadSummary } from "@install-summary/core/client";
import { CommandError, exitCodes } from "../command-error.ts";
import { programCall } from "../program-call.ts";
import { appName } from "./print.ts";
import { isLostAnswer, lookDespite, settleLostAnswer } from "./settle-lost-answer.ts";

/** The summary after a change, and whether its answer was lost, so that only reading again told that it was applied. */
export interface SentChange extends ReadSummary {
  readonly wasLost: boolean;
}

export interface SendOptions {
  readonly ifMatch: string | undefined;
  readonly signal: AbortSignal;
  /** Is told what goes on when it takes longer. */
  readonly say: (what: string) => void;
}

/**
 * Sends a patch once, guarded by `ifMatch` where there is one, and gives the summary as it is then; a lost answer is
 * settled by reading. Throws `CommandError` for a conflict: nothing is sent again.
 */
export async function sendChange(
  client: InstallSummaryClient,
  app: ListedApp,
  patch: InstallSummaryPatch,
  options: SendOptions,
): Promise<SentChange> {
  try {
    return await sendOrSettle(client, app, patch, options);
  } catch (error) {
    throw options.signal.aborted ? stoppedWhileSending(app, options.signal.reason) : error;
  }
}

async function sendOrSettle(
  client: InstallSummaryClient,
  app: ListedApp,
  patch: InstallSummaryPatch,
  { ifMatch, signal, say }: SendOptions,
): Promise<SentChange> {
  try {
    const guard = ifMatch === undefined ? {} : { ifMatch };
    const options = { ...guard, origin: "command", signal, lostAnswer: "throw" } as const;
    const now = await client.update(app.id, patch, options);
    return { ...now, wasLost: false };
  } catch (error) {
    if (isGraphError(error, "PreconditionFailed")) throw conflict(app, error.requestId);
    if (!signal.aborted && isGraphError(error, "ServiceUnavailable")) {
      return { ...(await lookDespite(error, client, app.id, patch, signal)), wasLost: true };
    }
    if (signal.aborted || !isLostAnswer(error)) throw error;
    say("no answer; reading again");
    return { ...(await settleLostAnswer(client, app, patch, error, signal)), wasLost: true };
  }
}

function conflict(app: ListedApp, requestId: string | undefined): CommandError {
  return new CommandError(`someone else changed ${appName(app)} since it was read. Nothing was changed.`, {
    exit: exitCodes.conflict,
    code: "PreconditionFailed",
    target: "If-Match",
    requestId,
    help: ["Run the command again to start from what is there now."],
  });
}

function stoppedWhileSending(app: ListedApp, reason: unknown): CommandError {
  return new CommandError("stopped while the change was on its way: it may have been applied.", {
    exit: reason instanceof CommandError ? reason.exit : exitCodes.interrupted,
    code: "Stopped",
    help: [`${programCall()} get ${app.id} shows what is there now.`],
    cause: reason,
  });
}
