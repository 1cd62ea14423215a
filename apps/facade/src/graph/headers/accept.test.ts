import * as fc from "fast-check";
import { expect, test } from "vitest";
import { graphFault } from "../../../test/graph-fault.ts";
import { readAccept } from "./accept.ts";

test.each([
  [null, "minimal"],
  ["*/*", "minimal"],
  ["application/*", "minimal"],
  ["application/json", "minimal"],
  ["APPLICATION/JSON; Charset=UTF-8", "minimal"],
  ["application/json;odata.metadata=none", "none"],
  ["application/json;metadata=full", "full"],
  ['application/json;odata.metadata="none"', "none"],
  ["application/json;odata.metadata=minimal;IEEE754Compatible=true;odata.streaming=true", "minimal"],
  ["application/json;odata.metadata=full;q=0.5, application/json;odata.metadata=none", "none"],
  ["text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", "minimal"],
  ["application/json;odata.metadata=none;q=0.1, */*", "none"],
  ["application/json;odata.metadata=verbose, */*", "minimal"],
  ["application/json,", "minimal"],
])("%s is served with metadata %s", (header, level) => {
  expect(readAccept(header)).toBe(level);
});

test.each([
  "text/html",
  "application/xml",
  "",
  "application/json;q=0",
  "application/json;q=0, */*",
  "*/*;q=0",
  "application/json;odata.metadata=verbose",
  "application/json;charset=utf-16",
  "application/json;q=2",
  "json",
  ";;;",
  '"application/json',
])("%s is not acceptable", (header) => {
  expect(() => readAccept(header)).toThrow("Only application/json can be served.");
});

test.each([
  ["json", "minimal"],
  ["application/json", "minimal"],
  ["application/json;odata.metadata=full", "full"],
  ["json;odata.metadata=none", "none"],
])("$format=%s wins over Accept", (format, level) => {
  expect(readAccept("text/html", format)).toBe(level);
});

test.each(["xml", "", "application/json;odata.metadata=x"])("$format=%s is not acceptable", (format) => {
  expect(() => readAccept("*/*", format)).toThrow("Only application/json can be served.");
});

test("any header gives a level or a 406", () => {
  const piece = fc.constantFrom(
    "application/json",
    "*/*",
    ";",
    ",",
    "q=",
    "0",
    '"',
    "\\",
    "odata.metadata=",
    "full",
    " ",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join("")),
      ),
      (header) => {
        const fault = graphFault(() => readAccept(header));
        expect(fault?.code ?? "served").toBeOneOf(["served", "NotAcceptable"]);
      },
    ),
  );
});
