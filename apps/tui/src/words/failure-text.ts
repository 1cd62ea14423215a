import type { Failure } from "../server/failure.ts";

/** What happened, in a sentence or two. */
export function failureText(failure: Failure): string {
  if (failure.kind !== "answer") return failure.message;
  switch (failure.status) {
    case 401:
      return `Not signed in (401): ${failure.message}`;
    case 403:
      return `Not allowed (403): ${failure.message}`;
    case 404:
      return `Gone (404): ${failure.message}`;
    case 429:
      return "The server asks to wait (429).";
    default:
      if (failure.status >= 500) return `The server failed (${failure.status}): ${failure.message}`;
      return `Refused (${failure.status}): ${failure.message}`;
  }
}

/** What a person can do about it. */
export function failureAdvice(failure: Failure): string {
  if (failure.kind === "notSent") return "Staged edits are safe. R tries again.";
  if (failure.kind === "noAnswer") return "Staged edits are safe. R tries again.";
  switch (failure.status) {
    case 400:
      return "Still staged. Correct the value, then s sends it again.";
    case 401:
      return "Staged edits are safe. R after you renewed the token.";
    case 403:
      return "Reading only. Sending needs a token with DeviceManagementApps.ReadWrite.All.";
    case 404:
      return "Its staged edits stay: c copies them, D drops them.";
    default:
      return "Still staged; s sends it again.";
  }
}
