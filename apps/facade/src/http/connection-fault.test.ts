import { expect, test } from "vitest";
import { connectionFaultText } from "./connection-fault.ts";

const refused = new Error("connect ECONNREFUSED ::1:8420");

test.each([
  ["an error of its own", refused, refused.message],
  ["the cause of a failed fetch", new TypeError("fetch failed", { cause: refused }), refused.message],
  [
    "a name with several addresses",
    new AggregateError([refused, new Error("connect ECONNREFUSED")]),
    refused.message,
  ],
  ["an error without words", new Error(), "Error"],
  ["a value that is no error", "gone", "gone"],
])("the text of %s says why", (_, error, text) => {
  expect(connectionFaultText(error)).toBe(text);
});
