import { expect, test } from "vitest";
import { connectionFaultText } from "./connection-fault.ts";

const refused = Object.assign(new Error("connect ECONNREFUSED ::1:8420"), {
  code: "ECONNREFUSED",
  syscall: "connect",
});
const told = "nothing listens there (ECONNREFUSED)";

test.each([
  ["an error of the system", refused, told],
  ["the cause of a failed fetch", new TypeError("fetch failed", { cause: refused }), told],
  ["a name with several addresses", new AggregateError([refused, new Error("connect")]), told],
  ["an error of our own", new Error("the issuer is another one"), "the issuer is another one"],
  ["an error without words", new Error(), "Error"],
  ["a value that is not an error", "gone", "gone"],
])("the text of %s says why", (_, error, text) => {
  expect(connectionFaultText(error)).toBe(text);
});
