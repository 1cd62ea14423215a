import { expect, test } from "vitest";
import type { Outcome } from "../history/history.ts";
import { outcomeOf } from "./outcome.ts";

test.each<[status: number, text: string | undefined, outcome: Outcome]>([
  [200, "{}", "acknowledged"],
  [204, "", "acknowledged"],
  // The body was cut off; the status is the promise.
  [200, undefined, "acknowledged"],
  [400, "{}", "refused"],
  [412, "{}", "refused"],
  [429, "{}", "refused"],
  [408, "{}", "unknown"],
  [500, "{}", "unknown"],
  [503, "{}", "unknown"],
  [503, undefined, "unknown"],
  [503, '{"error":{"message":"The store cannot be written. The change was not applied."}}', "refused"],
  [504, "{}", "unknown"],
])("a %i with the body %j says that a change is %s", (status, text, outcome) => {
  expect(outcomeOf(status, text)).toBe(outcome);
});
