import { exitCodes, type CommandFailure } from "@install-summary/command-line/errors";
import { isGraphError } from "@install-summary/core";

/** What a refused file or a store that fails means for a command; undefined for a bug. */
export function describeFailure(error: unknown): CommandFailure | undefined {
  if (!isGraphError(error)) return undefined;
  const exit = error.status < 500 ? exitCodes.refused : exitCodes.unavailable;
  return { exit, code: error.code, message: error.message, target: error.target };
}
