import { requireNames } from "../text/require-members.ts";
import { graphErrorStatus, type GraphErrorCode } from "./graph-error-code.ts";
import { graphError as knownError, type GraphError, type GraphErrorInit } from "./graph-error.ts";

/** Makes an error of the contract. Its status follows from the code. Throws `TypeError` for any other code. */
export function graphError(
  code: GraphErrorCode,
  message: string,
  rest?: Omit<GraphErrorInit, "status" | "code" | "message">,
): GraphError {
  // JavaScript callers may pass anything.
  const given: unknown = code;
  requireNames("graphError", { [String(given)]: 0 }, Object.keys(graphErrorStatus));
  return knownError(code, message, rest);
}
