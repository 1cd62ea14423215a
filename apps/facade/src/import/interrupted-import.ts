import { graphError, isGraphError } from "@install-summary/core";

/**
 * The error for an import that stops after some of its apps were committed. It says how many are in, because the error of
 * the last batch speaks of that batch alone.
 */
export function interruptedImport(error: unknown, applied: number, apps: number): Error {
  const count = new Intl.NumberFormat("en-US");
  const done = `${count.format(applied)} of ${count.format(apps)} apps are in; import the same file again to go on.`;
  if (!isGraphError(error)) return new Error(done, { cause: error });
  const message = `${done} The batch after them failed: ${error.message}`;
  return graphError("ServiceUnavailable", message, { retryAfter: error.retryAfter, cause: error });
}
