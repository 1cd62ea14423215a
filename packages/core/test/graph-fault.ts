import { isGraphError, type GraphError } from "../src/http/graph-error.ts";

/** The error of the contract that an action throws, or undefined where it goes through; any other error goes on. */
export function graphFault(action: () => unknown): GraphError | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (isGraphError(error)) return error;
    throw error;
  }
}
