import {
  GraphError,
  graphError,
  graphErrorBody,
  isGraphError,
  type GraphErrorInit,
} from "@install-summary/core";
import type { RequestIds } from "./request-ids.ts";
import type { PlainResponse } from "./response.ts";

/** An error of the contract whose response has headers of its own, such as `Allow` or `WWW-Authenticate`. */
export class GraphErrorWithHeaders extends GraphError {
  readonly headers: Readonly<Record<string, string>>;

  constructor(error: GraphErrorInit, headers: Readonly<Record<string, string>>) {
    super(error);
    this.headers = headers;
  }
}

/** The one place where errors become responses. An error that is not the contract's is a 500 without its reason. */
export function errorResponse(thrown: unknown, ids: RequestIds, date: Date = new Date()): PlainResponse {
  const error = toGraphError(thrown);
  return {
    status: error.status,
    headers: {
      "Content-Type": "application/json",
      ...retryAfter(error),
      ...(error instanceof GraphErrorWithHeaders && error.headers),
    },
    body: JSON.stringify(graphErrorBody(error, { date, ...ids })),
  };
}

/** The error as the caller is told of it. */
export function toGraphError(thrown: unknown): GraphError {
  if (isGraphError(thrown)) return thrown;
  const message = "An internal error occurred. See the service log for this request-id.";
  return graphError("InternalServerError", message, { cause: thrown });
}

function retryAfter({ status, retryAfter: seconds = 1 }: GraphError): Record<string, string> {
  const isTemporary = status === 429 || status === 503 || status === 504;
  return isTemporary ? { "Retry-After": String(seconds) } : {};
}
