import { graphError, type GraphError } from "../../http/graph-error.ts";

/** The error for a file that is no report, or that cannot be read: 400. */
export function unreadable(message: string): GraphError {
  return graphError("BadRequest", message);
}
