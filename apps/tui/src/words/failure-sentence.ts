import { isGraphError } from "@install-summary/core";
import { visibleText } from "@install-summary/core/text";

/** What went wrong with a request, in one sentence: the server's status and words, or that no response came. */
export function failureSentence(error: unknown): string {
  if (isGraphError(error)) return `The server responded ${error.status}: ${endSentence(error.message)}`;
  if (!(error instanceof Error)) return endSentence(String(error));
  if (error.name === "TimeoutError") return "No response came in time.";
  if (error.name === "NetworkError") return `The connection failed${reasonOf(error)}.`;
  return endSentence(error.message);
}

/** The system's own word for a failed connection, such as ` (ECONNREFUSED)`: the deepest cause has it. */
export function reasonOf(error: Error): string {
  let reason = "";
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    reason = "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
  }
  return reason === "" ? "" : ` (${reason})`;
}

/** A text from outside as a sentence that ends. */
export function endSentence(text: string): string {
  const shown = visibleText(text.trim(), 500);
  return /[.!?…]$/.test(shown) ? shown : `${shown}.`;
}
