import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parsePrefer } from "./prefer.ts";

test.each([
  [null, {}],
  ["return=minimal", { return: "minimal" }],
  ["Return = Representation", { return: "representation" }],
  ["return=minimal;foo=bar", { return: "minimal" }],
  ['return="minimal"', { return: "minimal" }],
  ["return=minimal, return=representation", { return: "minimal" }],
  ["odata.maxpagesize=5", { maxPageSize: 5 }],
  ["maxpagesize=5, respond-async", { maxPageSize: 5 }],
  ['include-annotations="a,return=minimal", odata.maxpagesize=7', { maxPageSize: 7 }],
])("%s", (header, preferences) => {
  expect(parsePrefer(header)).toEqual(preferences);
});

test.each([
  "return=both",
  "return",
  "odata.maxpagesize=0",
  "odata.maxpagesize=-1",
  "odata.maxpagesize=x",
  ",,=;",
  '"',
])("%s is ignored", (header) => {
  expect(parsePrefer(header)).toEqual({});
});

test("any header gives only preferences that can be honoured", () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      const preferences = parsePrefer(`${header}, return=minimal`);
      expect(preferences.return).toBeOneOf(["minimal", "representation", undefined]);
    }),
  );
});
