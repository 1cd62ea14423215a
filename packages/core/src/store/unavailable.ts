import { graphError } from "../http/graph-error.ts";

/** A 503 with the seconds after which to try again. */
export function unavailable(message: string, retryAfter: number, cause?: unknown): Error {
  return graphError("ServiceUnavailable", message, { retryAfter, cause });
}

/** The 503 for a request that comes while the store is closed. */
export function shuttingDown(): Error {
  return unavailable("The service is shutting down.", 5);
}
