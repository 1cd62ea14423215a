import { graphError, type GraphError } from "@install-summary/core";

/** The 400 for a fault in a query option. */
export function invalidQueryOption(message: string): GraphError {
  return graphError("BadRequest", message, { innerCode: "invalidQueryOption" });
}
