import { isGraphError, visibleText } from "@install-summary/core";
import { StartError } from "../start-error.ts";

/** Says on which program's behalf something failed, and how: a defect of ours with all that is known of it. */
export function describeFailure(name: string, error: unknown): string {
  if (error instanceof StartError || isGraphError(error)) {
    return error.message
      .split("\n")
      .map((line) => `${name}: ${visibleText(line, 1000)}`)
      .join("\n");
  }
  const all = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${name}: something went wrong that never should. Please report it with this:\n${all}`;
}
