import { isGraphError } from "../http/graph-error.ts";
import { isNoResponseError, isTimeoutError } from "../http/no-response-error.ts";
import { classifyFailure } from "../outcome/classify-failure.ts";
import { withCauses } from "../outcome/with-causes.ts";
import { visibleText } from "../text/visible-text.ts";

/**
 * What a request came to, in one sentence for people: the status and the server's message, or that no response came and
 * why. A text is shown as a sentence.
 */
export function failureSentence(error: unknown): string {
  if (isGraphError(error)) return `The server responded ${error.status}: ${sentence(error.message)}`;
  if (isNoResponseError(error)) return noResponseSentence(error);
  return sentence(error instanceof Error ? error.message : String(error));
}

function noResponseSentence(error: Error): string {
  if (isTimeoutError(error)) return "No response came in time.";
  const reason = connectionReason(error);
  const why = reason === undefined ? "" : ` (${visibleText(reason, 500)})`;
  const wasSent = classifyFailure(error) !== "refused";
  return wasSent ? `The connection failed${why}.` : `The server cannot be reached${why}.`;
}

/** The system's own word for a failed connection, such as `ECONNREFUSED`; undefined where it gives no cause. */
function connectionReason(error: Error): string | undefined {
  let reason: string | undefined;
  for (const cause of withCauses(error.cause)) {
    reason = "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
  }
  return reason === "" ? undefined : reason;
}

function sentence(text: string): string {
  const shown = visibleText(text.trim(), 500);
  return /[.!?…]$/.test(shown) ? shown : `${shown}.`;
}
