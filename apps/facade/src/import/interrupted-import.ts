import { UserError } from "@install-summary/command-line/errors";
import { graphError, isGraphError } from "@install-summary/core";
import { busy, LimitError } from "@install-summary/core/service";

const count = new Intl.NumberFormat("en-US");

/**
 * The error for an import that ends early. It says how many rows are in, because the error itself speaks of the last batch
 * alone, and a request to stop of none.
 */
export function interruptedImport(error: unknown, applied: number, rows: number): unknown {
  const isTold = error instanceof UserError;
  if (applied === 0) return isTold ? withMessage(error, `${error.message} Nothing was imported.`) : error;
  const done = `${count.format(applied)} of ${count.format(rows)} rows are in; import the same report again to go on.`;
  if (isTold) return withMessage(error, `${error.message} ${done}`);
  if (!isGraphError(error)) return new Error(done, { cause: error });
  const message = `${done} The batch after them failed: ${error.message}`;
  if (error instanceof LimitError) return busy(error.limit, message, error.retryAfter ?? 1);
  // A refusal without a cause is none of the machine's faults, and is not logged as one.
  const { retryAfter, cause } = error;
  return graphError("ServiceUnavailable", message, {
    retryAfter,
    ...(cause instanceof Error && { cause: error }),
  });
}

function withMessage({ exit, code, cause }: UserError, message: string): UserError {
  return new UserError(message, { exit, code, cause });
}
