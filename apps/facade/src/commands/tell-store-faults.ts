import { UserError } from "@install-summary/command-line/errors";
import { isGraphError, type GraphError } from "@install-summary/core";
import { serviceFault } from "../files/file-fault.ts";
import { SuspectedDamage } from "../files/sqlite-codes.ts";
import type { Settings } from "../settings/settings.ts";
import { storeFault } from "../store/sqlite/store-fault.ts";

/**
 * Does the work of a command with the store that the settings name, which it closes in the end. A fault of the store's file that it
 * meets is told, and ends the command, as one that is met when the store is opened.
 */
export async function tellStoreFaults<Result>(
  { store }: Pick<Settings, "store">,
  stopSignal: () => AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw store.kind === "sqlite" && isGraphError(error)
      ? await commandFault(error, store.file, stopSignal())
      : error;
  }
}

/** The sentence of a service is part of a message that also says how far the command has come. */
async function commandFault(error: GraphError, file: string, signal: AbortSignal): Promise<unknown> {
  const met = innermost(error).cause;
  const service = serviceFault(met);
  if (!isGraphError(service) || !error.message.includes(service.message)) return error;
  const told = await storeFault(met instanceof SuspectedDamage ? met.cause : met, file, signal);
  if (!(told instanceof UserError)) return error;
  const message = error.message.replace(service.message, () => told.message);
  return new UserError(message, { exit: told.exit, code: told.code, cause: error });
}

/** The error that others tell more of. */
function innermost(error: GraphError): GraphError {
  return isGraphError(error.cause) ? innermost(error.cause) : error;
}
