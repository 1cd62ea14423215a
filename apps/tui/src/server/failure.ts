import { isGraphError, readFailureFacts, type FailureFacts } from "@install-summary/core";
import {
  connectionReason,
  failureSentence,
  isClientError,
  isNoResponseError,
} from "@install-summary/core/client";
import { UserError } from "@install-summary/command-line/errors";

/**
 * Where a request failed.
 *
 * - `response`: the server responded with an error.
 * - `unusable`: a success came that cannot be used, such as a sign-in page.
 * - `noResponse`: the connection broke, or no response came in time.
 * - `unreachable`: no connection was made, so nothing was sent.
 * - `notSent`: there is no token, so nothing was sent.
 */
export type FailureKind = "response" | "unusable" | "noResponse" | "unreachable" | "notSent";

/** Why a request did not succeed, as plain data. */
export interface Failure extends FailureFacts {
  readonly kind: FailureKind;
  /** What went wrong, in the server's words where it said any. */
  readonly message: string;
  /** The same as a sentence, with the status of a response. */
  readonly sentence: string;
  readonly requestId: string | undefined;
  /** Graph's own word for the error of a response, such as `serviceReadOnly`. */
  readonly innerCode?: string | undefined;
  /** The system's own word for a failed connection, such as `ECONNREFUSED`. */
  readonly reason?: string | undefined;
}

/** The failure that an error of the client means. */
export function failureOf(error: unknown): Failure {
  const facts = readFailureFacts(error);
  const sentence = failureSentence(error);
  if (isGraphError(error)) {
    const { message, requestId, innerCode } = error;
    return { ...facts, kind: "response", message, sentence, requestId, innerCode };
  }
  if (isNoResponseError(error)) {
    const kind = facts.class === "refused" ? "unreachable" : "noResponse";
    const reason = connectionReason(error);
    return { ...facts, kind, message: sentence, sentence, requestId: undefined, reason };
  }
  if (isClientError(error)) {
    const kind = facts.class === "unknown" ? "unusable" : "notSent";
    return { ...facts, kind, message: error.message, sentence, requestId: error.requestId };
  }
  const help = error instanceof UserError ? error.help : [];
  const message = [error instanceof Error ? error.message : String(error), ...help].join(" ");
  return { ...facts, kind: "notSent", message, sentence: failureSentence(message), requestId: undefined };
}
