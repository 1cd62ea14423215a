import { connectionFaultOf, connectionFaultText as describe } from "@install-summary/command-line/errors";

/** Why a request got no response, as the end of a sentence that names the server; an error of our own in its words. */
export function connectionFaultText(error: unknown): string {
  const fault = connectionFaultOf(error);
  if (fault !== undefined && fault.kind !== "other") return describe(fault);
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error && cause.message !== "" ? cause.message : String(cause);
}
