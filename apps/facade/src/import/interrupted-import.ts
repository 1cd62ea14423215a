import { UserError } from "@install-summary/command-line/errors";
import { isGraphError } from "@install-summary/core";
import { splitOutcome, unavailableAs } from "../store/sql/not-applied.ts";

/** How an import ended early. */
export interface Interruption {
  readonly error: unknown;
  /** Whether the import was asked to stop, and the error is the reason. */
  readonly isStopped: boolean;
  /** How many rows are in. */
  readonly applied: number;
  /** How many rows the report has. */
  readonly rows: number;
}

const count = new Intl.NumberFormat("en-US");

/**
 * The error for an import that ends early. It says how many rows are in, because the error itself speaks of the last batch
 * alone, and a request to stop of none.
 */
export function interruptedImport({ error, isStopped, applied, rows }: Interruption): unknown {
  const done = `${count.format(applied)} of ${count.format(rows)} rows are in; import the same report again to go on.`;
  if (error instanceof UserError) {
    return withMessage(error, `${error.message} ${applied === 0 ? nothing : done}`);
  }
  if (isStopped && isGraphError(error)) {
    return unavailableAs(error, `${error.message} ${applied === 0 ? nothing : done}`);
  }
  if (!isGraphError(error)) return applied === 0 ? error : new Error(done, { cause: error });
  const { reason, isUndone, isUnconfirmed } = splitOutcome(error);
  // The batch that was not confirmed may be in too.
  if (applied > 0 && isUnconfirmed) return unavailableAs(error, `At least ${done} ${reason}`);
  if (applied > 0) return unavailableAs(error, `${done} The batch after them failed. ${reason}`);
  return isUndone ? unavailableAs(error, `${reason} ${nothing}`) : error;
}

/**
 * The error for an import that ends while its files are read: nothing is in. A refused file keeps its own error, which a caller
 * must be able to tell from that of a service that fails or ends.
 */
export function interruptedReading(error: unknown): unknown {
  if (isGraphError(error) && error.status < 500) return error;
  return interruptedImport({ error, isStopped: true, applied: 0, rows: 0 });
}

const nothing = "Nothing was imported.";

function withMessage({ exit, code, help, cause }: UserError, message: string): UserError {
  return new UserError(message, { exit, code, help, cause });
}
