import { exitCodes, UserError } from "@install-summary/command-line/errors";
import type { GraphError } from "@install-summary/core";
import { faultLines } from "../changes/fault-lines.ts";
import type { GivenPatch } from "../changes/printed-summary.ts";

/**
 * The error for a JSON patch that this program refuses itself, with the line of each fault: no server was asked, so the words
 * for a server's response would be wrong.
 */
export function refusedPatch(error: GraphError, lineOf: GivenPatch["lineOf"], argument: string): UserError {
  const { code, target } = error;
  const lines = faultLines(error, lineOf);
  const [only] = lines;
  const isOne = lines.length === 1;
  const what = isOne ? `The JSON is refused: ${only}` : `The JSON has ${lines.length} faults.`;
  const help = isOne ? [] : lines;
  return new UserError(`${what} Nothing was sent.`, {
    exit: exitCodes.refused,
    code,
    target,
    argument,
    help,
    cause: error,
  });
}
