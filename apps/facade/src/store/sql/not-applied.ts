import { graphError, type GraphError } from "@install-summary/core";
import { busy, LimitError } from "@install-summary/core/service";

/** Ends the message of a write's error where it is certain that nothing was changed. */
export const notApplied = " The change was not applied.";

/**
 * What the error of one write of several says: why it failed, whether it certainly changed nothing, and whether it may have
 * been committed all the same.
 */
export function splitOutcome({ message, status }: GraphError): {
  readonly reason: string;
  readonly isUndone: boolean;
  readonly isUnconfirmed: boolean;
} {
  const isUndone = message.endsWith(notApplied);
  const reason = isUndone ? message.slice(0, -notApplied.length) : message;
  return { reason, isUndone, isUnconfirmed: status === 504 };
}

/**
 * The 503 for work of several writes that the error of one of them has ended. A limit keeps its name, and only what has a cause
 * is logged as a fault of the machine.
 */
export function unavailableAs(error: GraphError, message: string): Error {
  if (error instanceof LimitError) return busy(error.limit, message, error.retryAfter ?? 1);
  const { retryAfter } = error;
  const cause = error.cause instanceof Error ? error : undefined;
  return graphError("ServiceUnavailable", message, { retryAfter, ...(cause !== undefined && { cause }) });
}
