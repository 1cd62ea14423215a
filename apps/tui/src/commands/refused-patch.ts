import { exitCodes, UserError } from "@install-summary/command-line/errors";
import type { GraphError } from "@install-summary/core";
import type { GivenPatch } from "../changes/printed-summary.ts";

/**
 * The error for a JSON patch that this program refuses itself, with the line of each fault: no server was asked, so the words
 * for a server's response would be wrong.
 */
export function refusedPatch(error: GraphError, lineOf: GivenPatch["lineOf"], argument: string): UserError {
  const { code, target, message, faults } = error;
  const lines = faults.map((fault) => {
    const line = lineOf(fault);
    return line === undefined ? fault.message : `line ${line}: ${fault.message}`;
  });
  const [only = message, ...others] = lines;
  const isOne = others.length === 0;
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
