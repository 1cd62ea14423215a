import { GraphError, type GraphErrorInit } from "@install-summary/core";
import { failureOf, type Failure } from "../src/server/failure.ts";

/** A server's error response. */
export function responded(
  status: number,
  rest: Pick<
    Partial<GraphErrorInit>,
    "message" | "innerCode" | "retryAfter" | "requestId" | "notApplied" | "currentETag"
  > = {},
): Failure {
  const { message = "no", requestId = "5f0c" } = rest;
  return failureOf(new GraphError({ ...rest, status, code: "Any", message, requestId }));
}

/** A response that does not come in time. */
export const timedOut: Failure = failureOf(Object.assign(new Error("late"), { name: "TimeoutError" }));

/** A server that nothing listens for. */
export const unreachable: Failure = failureOf(
  Object.assign(
    new Error("failed", { cause: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }) }),
    {
      name: "NetworkError",
    },
  ),
);
