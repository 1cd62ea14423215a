import { isGraphError } from "@install-summary/core";
import { visibleText } from "@install-summary/core/text";
import { StartError } from "../errors/start-error.ts";
import { exitCodes } from "./exit-codes.ts";

const name = "install-summary-facade";

/** Says what failed, a defect of ours with all that is known of it, and returns the exit code to end with. */
export function reportFailures(
  failures: readonly unknown[],
  stderr: { readonly write: (text: string) => unknown },
): number {
  for (const failure of failures) stderr.write(`${describe(failure)}\n`);
  return exitCodeOf(failures[0]);
}

function describe(failure: unknown): string {
  if (failure instanceof StartError || isGraphError(failure)) {
    const lines = failure.message.split("\n");
    return lines.map((line) => `${name}: ${visibleText(line, 1000)}`).join("\n");
  }
  const all = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  return `${name}: something went wrong that never should. Please report it with this:\n${all}`;
}

function exitCodeOf(failure: unknown): number {
  if (failure instanceof StartError) return exitCodes.usage;
  if (!isGraphError(failure)) return exitCodes.unexpected;
  return failure.status < 500 ? exitCodes.refused : exitCodes.unavailable;
}
