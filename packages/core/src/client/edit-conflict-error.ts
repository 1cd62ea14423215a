import { counterMaximum } from "../resource/counters.ts";
import type { GraphError } from "../http/graph-error.ts";
import type { EditConflict } from "../patch/rebase.ts";
import { isErrorNamed } from "../text/error-name.ts";
import type { ReadSummary } from "../outcome/judge-outcome.ts";

/**
 * An edit that conflicts with changes of others, and was not decided about. `cause` is the 412 with which it was refused;
 * undefined where nothing was sent.
 */
export class EditConflictError extends Error {
  override readonly name = "EditConflictError";
  declare readonly conflicts: readonly EditConflict[];
  /** The summary that is there now. */
  declare readonly current: ReadSummary;

  constructor(conflicts: readonly EditConflict[], current: ReadSummary, refusal?: GraphError) {
    super(conflicts.map(describe).join(" "), refusal === undefined ? undefined : { cause: refusal });
    this.conflicts = conflicts;
    this.current = current;
  }
}

/** True for an `EditConflictError`, also one of another copy of this package. */
export function isEditConflictError(error: unknown): error is EditConflictError {
  return isErrorNamed(error, "EditConflictError") && "conflicts" in error && "current" in error;
}

function describe({ counter, base, mine, theirs }: EditConflict): string {
  if (typeof mine === "number") {
    return `'${counter}' was ${base} and should become ${mine}, but someone else has made it ${theirs}.`;
  }
  return `'${counter}' is ${theirs}; adding ${mine.add} would leave the range from 0 to ${counterMaximum}.`;
}
