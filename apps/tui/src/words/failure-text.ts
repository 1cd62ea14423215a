import { visibleText } from "@install-summary/core/text";
import type { Failure } from "../server/failure.ts";
import { shortRequests } from "./short-requests.ts";

/** What was being done when a request failed: words and advice depend on it. A `command` may have done any of it. */
export type Situation = "list" | "app" | "send" | "command";

/**
 * What happened, in a sentence or two, with what a status means for a person; for a command with the code for programs, and
 * with whole URLs.
 */
export function failureText(failure: Failure, during: Situation): string {
  const message = during === "command" ? failure.message : shortRequests(failure.message);
  return textWith({ ...failure, message }, during);
}

function textWith(failure: Failure, during: Situation): string {
  const { status, message, code } = failure;
  if (failure.kind !== "response" || status === undefined) return endSentence(message);
  const shown =
    during !== "command" || code === undefined ? `${status}` : `${status} ${visibleText(code, 100)}`;
  return `${statusWords(status, during)} (${shown}): ${endSentence(message)}`;
}

function statusWords(status: number, during: Situation): string {
  if (status >= 500) return "The server failed";
  if (status < 400) return "Redirected";
  switch (status) {
    case 401:
      return "Not signed in";
    case 403:
      return "Not allowed";
    case 404:
      return during === "app" || during === "send" ? "Gone" : "Not found";
    case 429:
      return "The server asks to wait";
    default:
      return "Refused";
  }
}

/** What several requests came to, oldest first, each sentence once. */
export function failureSentences(failures: readonly Failure[]): string {
  return [...new Set(failures.map(({ sentence }) => sentence))].join(" ");
}

/** The ids of the requests, for the server's log. */
export function requestIds(failures: readonly Failure[]): readonly string[] {
  return [...new Set(failures.flatMap(({ requestId }) => requestId ?? []))];
}

/** Everything about a failed reading of the list, in lines, for a person who can help. */
export function failureReport(failure: Failure, baseUrl: string, moment: number): string {
  return [
    textWith(failure, "list"),
    `at ${new Date(moment).toISOString()}`,
    `from ${baseUrl}`,
    ...requestIds([failure]).map((id) => `request-id ${id}`),
  ].join("\n");
}

/** A text from outside as a sentence that ends. */
function endSentence(text: string): string {
  const shown = visibleText(text.trim(), 500);
  return /[.!?…]$/.test(shown) ? shown : `${shown}.`;
}
