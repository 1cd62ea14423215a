import { UserError } from "@install-summary/command-line/errors";
import type { InstallSummaryClient, ListedApp } from "@install-summary/core/client";
import { appIdentity } from "../words/app-identity.ts";
import { undoCommand, type CommandPlace } from "../words/command-text.ts";
import { failureFor } from "./describe-failure.ts";

interface PuttingBack {
  readonly place: CommandPlace;
  readonly env: NodeJS.ProcessEnv;
}

/** Sets the counters as they were, also after Ctrl-C: the numbers that were there are the person's, who is told them where this fails. */
export async function putBack(
  client: InstallSummaryClient,
  app: ListedApp,
  { place, env }: PuttingBack,
): Promise<void> {
  const { id, ...counters } = app.installSummary;
  try {
    await client.edit(id, () => counters, { unguarded: true, origin: "command" });
  } catch (error) {
    const { message, exit, code, requestId } = failureFor(error, env);
    throw new UserError(`The counters of ${appIdentity(app)} could not be put back. ${message}`, {
      exit,
      code,
      requestId,
      help: ["This sets them as they were:", undoCommand(place, app, counters, undefined)],
    });
  }
}
