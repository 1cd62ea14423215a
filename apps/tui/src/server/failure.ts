import { isGraphError, readFailureFacts, type FailureFacts } from "@install-summary/core";
import { failureSentence, isClientError, isNoResponseError } from "@install-summary/core/client";
import {
  connectionFaultOf,
  connectionFaultText,
  UserError,
  type ConnectionFault,
} from "@install-summary/command-line/errors";

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
  /** The code of the error of a response, such as `Forbidden`; undefined where the server named none. */
  readonly code?: string | undefined;
  /** Graph's own word for the error of a response, such as `serviceReadOnly`. */
  readonly innerCode?: string | undefined;
  /** The ETag that the app has now, as a 412 tells it. */
  readonly currentETag?: string | undefined;
  /** Why no response came, where the system gives a cause. */
  readonly fault?: ConnectionFault | undefined;
}

/** The failure that an error of the client means. */
export function failureOf(error: unknown): Failure {
  const facts = readFailureFacts(error);
  const sentence = failureSentence(error);
  if (isGraphError(error)) {
    const { message, requestId, innerCode, currentETag } = error;
    const code = error.code === "UnknownError" ? undefined : error.code;
    return { ...facts, kind: "response", message, sentence, requestId, code, innerCode, currentETag };
  }
  if (isNoResponseError(error)) {
    const kind = facts.class === "refused" ? "unreachable" : "noResponse";
    const fault = connectionFaultOf(error);
    const told = fault === undefined ? sentence : faultSentence(kind, fault);
    return { ...facts, kind, message: told, sentence: told, requestId: undefined, fault };
  }
  if (isClientError(error)) {
    const kind = facts.class === "unknown" ? "unusable" : "notSent";
    return { ...facts, kind, message: error.message, sentence, requestId: error.requestId };
  }
  const help = error instanceof UserError ? error.help : [];
  const message = [error instanceof Error ? error.message : String(error), ...help].join(" ");
  return { ...facts, kind: "notSent", message, sentence: failureSentence(message), requestId: undefined };
}

/** Why no response came, as a sentence. */
export function faultSentence(kind: "unreachable" | "noResponse", fault: ConnectionFault): string {
  if (fault.kind === "timeout") return "No response came in time.";
  const head = kind === "unreachable" ? "The server cannot be reached" : "No usable response came";
  return `${head}: ${connectionFaultText(fault)}.`;
}
