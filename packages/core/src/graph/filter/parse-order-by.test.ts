import { expect, test } from "vitest";
import { graphFault } from "../../../test/graph-fault.ts";
import { parseOrderBy } from "./parse-order-by.ts";

test("properties and counters, ascending unless told otherwise", () => {
  expect(parseOrderBy("InstallSummary/failedDeviceCount DESC, publisher,displayname asc")).toEqual([
    { path: { kind: "counter", name: "failedDeviceCount" }, descending: true },
    { path: { kind: "property", name: "publisher" }, descending: false },
    { path: { kind: "property", name: "displayName" }, descending: false },
  ]);
});

test.each([
  ["", "A property is expected, and the end is there at position 1."],
  ["displayName,", "A property is expected, and the end is there at position 13."],
  ["displayName down", "'asc', 'desc', ',' or the end is expected, and 'down' is there at position 13."],
  ["failedDeviceCount desc", "Did you mean 'installSummary/failedDeviceCount'?"],
  ["installSummary", "Could not find a property named 'installSummary'"],
  ["size", "Microsoft Graph has 'size', and this service does not serve it."],
  ["appAvailability", "'appAvailability' is null for every app at position 1."],
  ["id,id,id,id,id,id", "The clause has more than 5 properties at position 16."],
  ["'id'", "A property is expected, and a text is there at position 1."],
])("%s is refused", (text, message) => {
  const fault = graphFault(() => parseOrderBy(text));
  expect(fault).toMatchObject({ code: "BadRequest", innerCode: "invalidQueryOption" });
  expect(fault?.message).toMatch(/^Invalid order clause: /);
  expect(fault?.message).toContain(message);
});
