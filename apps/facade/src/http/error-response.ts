import { graphError, graphErrorBody, isGraphError, type GraphError } from "@install-summary/core";
import type { Answer } from "./response.ts";
import { Refusal } from "./refusal.ts";
import type { RequestIds } from "./request-ids.ts";

/** The one place where errors become answers; what is no error of the contract is told as 500, without its reason. */
export function errorAnswer(thrown: unknown, ids: RequestIds, date: Date = new Date()): Answer {
  const error = toGraphError(thrown);
  return {
    status: error.status,
    headers: {
      "Content-Type": "application/json",
      ...retryAfter(error),
      ...(error instanceof Refusal && error.headers),
    },
    body: JSON.stringify(graphErrorBody(error, { date, ...ids })),
  };
}

/** The error as the caller is told of it. */
export function toGraphError(thrown: unknown): GraphError {
  if (isGraphError(thrown)) return thrown;
  const message = "An internal error occurred. The service's log tells more under the request-id.";
  return graphError("InternalServerError", message, { cause: thrown });
}

function retryAfter({ status, retryAfter: seconds = 1 }: GraphError): Record<string, string> {
  const isTemporary = status === 429 || status === 503 || status === 504;
  return isTemporary ? { "Retry-After": String(seconds) } : {};
}
