import { graphError } from "@install-summary/core";

/** The error of a read that was given up, since its caller went away before the response. It is for the log alone. */
export function callerGone(): Error {
  return graphError("BadRequest", "The caller went away before the response was ready.");
}
