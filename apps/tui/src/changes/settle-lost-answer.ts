import { setTimeout } from "node:timers/promises";
import { applyPatch, diff, isGraphError, type InstallSummaryPatch } from "@install-summary/core";
import type { InstallSummaryClient, ListedApp, ReadSummary } from "@install-summary/core/client";
import { CommandError, exitCodes } from "../errors/command-error.ts";
import { programCall } from "../words/program-call.ts";

/** Milliseconds before each try to read what became of a change. */
const waits: readonly number[] = [1000, 2000, 4000, 8000];

/** Whether an error of a PATCH leaves open if the change was applied. */
export function isLostAnswer(error: unknown): boolean {
  if (isGraphError(error)) return error.status === 408 || (error.status >= 500 && error.status !== 503);
  return error instanceof Error && (error.name === "NetworkError" || error.name === "TimeoutError");
}

/**
 * Finds out by reading whether a patch whose answer was lost has been applied, and gives the summary as it is then.
 * Throws `CommandError` where it was not, where others changed the same counters, and where nothing can be read.
 */
export async function settleLostAnswer(
  client: Pick<InstallSummaryClient, "get">,
  app: ListedApp,
  patch: InstallSummaryPatch,
  lost: unknown,
  signal: AbortSignal,
  pauses: readonly number[] = waits,
): Promise<ReadSummary> {
  const now = await readAgain(client, app.id, lost, signal, pauses);
  if (isUntouched(app, now)) throw notApplied(app, lost);
  if (isApplied(patch, now)) return now;
  throw new CommandError(
    "no answer came, and by now the app has values that are neither the old nor the new ones.",
    {
      exit: exitCodes.conflict,
      code: "PreconditionFailed",
      help: [`${programCall()} get ${app.id} shows what is there now.`],
      cause: lost,
    },
  );
}

/**
 * Gateways say 503 of a change that was applied, too: one look tells, and gives the summary as it is then. Throws the
 * refusal where the change is not there or nothing can be read.
 */
export async function lookDespite(
  refusal: unknown,
  client: Pick<InstallSummaryClient, "get">,
  appId: string,
  patch: InstallSummaryPatch,
  signal: AbortSignal,
): Promise<ReadSummary> {
  const now = await client.get(appId, { signal }).catch(() => undefined);
  if (now === undefined || !isApplied(patch, now)) throw refusal;
  return now;
}

async function readAgain(
  client: Pick<InstallSummaryClient, "get">,
  appId: string,
  lost: unknown,
  signal: AbortSignal,
  pauses: readonly number[],
): Promise<ReadSummary> {
  for (const pause of pauses) {
    await setTimeout(pause, undefined, { signal });
    try {
      return await client.get(appId, { signal });
    } catch (error) {
      if (signal.aborted || !(isLostAnswer(error) || isGraphError(error, "ServiceUnavailable"))) throw error;
    }
  }
  throw new CommandError(
    "no answer came, and nothing can be read now: whether the change was applied is not known.",
    {
      exit: exitCodes.unavailable,
      code: "NoAnswer",
      help: [`${programCall()} get ${appId} tells, once the server answers again.`],
      cause: lost,
    },
  );
}

/** The version tells; without one the values must. */
function isUntouched(app: ListedApp, now: ReadSummary): boolean {
  if (app.etag !== undefined && now.etag !== undefined) return app.etag === now.etag;
  return isEmpty(diff(app.installSummary, now.summary));
}

function isApplied(patch: InstallSummaryPatch, { summary }: ReadSummary): boolean {
  return applyPatch(summary, patch) === summary;
}

function isEmpty(patch: ReturnType<typeof diff>): boolean {
  return Object.keys(patch).length === 0;
}

function notApplied(app: ListedApp, cause: unknown): CommandError {
  const [unchanged, help] =
    app.etag === undefined
      ? ["the values are", "Look at it before you run the command again: the first change may still arrive."]
      : [
          `${app.etag} is`,
          `Run the command again with --if-match '${app.etag}': then it counts once, should the first change arrive late.`,
        ];
  return new CommandError(`no answer came, and ${unchanged} unchanged: the change was not applied so far.`, {
    exit: exitCodes.unavailable,
    code: "NotApplied",
    help: [help],
    cause,
  });
}
