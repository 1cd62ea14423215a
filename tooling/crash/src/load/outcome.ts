import type { Outcome } from "../history/history.ts";

/** What a response says of a change: a status promises that it was applied, or that it was not, or nothing. */
export function outcomeOf(status: number, text: string | undefined): Outcome {
  if (status >= 200 && status < 300) return "acknowledged";
  if (status < 500 && status !== 408) return "refused";
  return text?.includes("The change was not applied.") === true ? "refused" : "unknown";
}
