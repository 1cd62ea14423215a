import { graphError, isGraphError } from "../../http/graph-error.ts";

/**
 * What `read` makes of a caller's value. Where reading the value throws, as a getter or a revoked proxy can, throws
 * `GraphError` 400 instead, with that error as its cause.
 */
export function readForeign<Result>(what: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (isGraphError(error)) throw error;
    throw graphError("BadRequest", `${what} cannot be read: one of its members throws.`, { cause: error });
  }
}
