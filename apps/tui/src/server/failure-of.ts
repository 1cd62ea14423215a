import { isGraphError } from "@install-summary/core";
import { CommandError } from "../errors/command-error.ts";
import type { Failure } from "./failure.ts";

/** What a request threw, as data. */
export function failureOf(error: unknown): Failure {
  if (isGraphError(error)) {
    const { status, message, requestId, retryAfter } = error;
    return { kind: "answer", status, message, requestId, retryAfter };
  }
  // There is no token: the request never left.
  if (error instanceof CommandError) {
    return { kind: "notSent", message: [error.message, ...error.help].join(" ") };
  }
  return { kind: "noAnswer", message: noAnswerText(error) };
}

/** The system's own word, such as `ECONNREFUSED`, which stands some causes deeper. */
function codeOf(error: Error): string {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return ` (${cause.code})`;
  }
  return "";
}

function noAnswerText(error: unknown): string {
  if (!(error instanceof Error)) return "No answer came.";
  if (error.name === "TimeoutError") return "No answer came in time.";
  if (error.name === "NetworkError") return `The server cannot be reached${codeOf(error)}.`;
  return `No answer came: ${error.message}`;
}
