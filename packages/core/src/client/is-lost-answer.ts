import { isNetworkError, isTimeoutError } from "ky";
import { isGraphError } from "../http/graph-error.ts";

/**
 * Whether an error leaves open if the change that it came to was applied: no answer came, or one of a failure, which may
 * have come behind the change. A success that cannot be read is a 502, too: a portal in between may have given it.
 */
export function isLostAnswer(error: unknown): boolean {
  if (isNetworkError(error) || isTimeoutError(error)) return true;
  return isGraphError(error) && (error.status === 408 || error.status >= 500);
}
