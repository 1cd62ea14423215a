import { exitCodes } from "./errors/exit-codes.ts";
import type { CommandFailure } from "./errors/user-error.ts";

/** An error that no part of a program expects: a bug, told with all that is known of it. */
export function bug(error: unknown): CommandFailure {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    exit: exitCodes.unexpected,
    code: "Unexpected",
    message: "Unexpected error. This is a bug; please report it with:",
    help: stack.split("\n").map((line) => line.trim()),
  };
}
