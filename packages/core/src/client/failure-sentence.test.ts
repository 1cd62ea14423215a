import { expect, test } from "vitest";
import { failureSentence } from "./failure-sentence.ts";

test("causes that name each other in a circle are read once, and the last of them is told", () => {
  const reset = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
  const error = Object.assign(new Error("failed", { cause: reset }), { name: "NetworkError" });
  expect(failureSentence(error)).toBe("The connection failed (ECONNRESET).");
  reset.cause = reset;
  expect(failureSentence(error)).toBe("The connection failed (ECONNRESET).");
});
