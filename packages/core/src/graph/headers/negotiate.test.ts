import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { graphFault } from "../../../test/graph-fault.ts";
import { acceptOf, checkAcceptsText, negotiate, parseAccept, parsePrefer } from "./negotiate.ts";

test.each([
  [null, "minimal"],
  ["*/*", "minimal"],
  ["application/*", "minimal"],
  ["application/json", "minimal"],
  ["APPLICATION/JSON; Charset=UTF-8", "minimal"],
  ["application/json;charset=utf8", "minimal"],
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
  expect(parseAccept(header)).toBe(level);
});

test.each([
  "text/html",
  "application/xml",
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
  expect(() => parseAccept(header)).toThrow("Only application/json can be served.");
});

test.each([
  ["json", "minimal"],
  ["application/json", "minimal"],
  ["application/json;odata.metadata=full", "full"],
  ["json;odata.metadata=none", "none"],
])("$format=%s wins over Accept", (format, level) => {
  expect(parseAccept("text/html", format)).toBe(level);
});

test.each(["xml", "", "application/json;odata.metadata=x"])("$format=%s is not acceptable", (format) => {
  expect(() => parseAccept("*/*", format)).toThrow("Only application/json can be served.");
});

test.each([
  [null, null],
  ["", null],
  [" , ,", null],
  ["text/html", "text/html"],
])("an Accept of '%s' is that of %s: an empty list is none", (header, accept) => {
  expect(acceptOf({ get: (name) => (name === "accept" ? header : null) })).toBe(accept);
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
        const fault = graphFault(() => parseAccept(header));
        expect(fault?.code ?? "served").toBeOneOf(["served", "NotAcceptable"]);
      },
    ),
  );
});

describe("OData versions", () => {
  test.each([
    {},
    { "OData-Version": "4.0" },
    { "OData-Version": "4.01", "OData-MaxVersion": "4.0" },
    { "OData-MaxVersion": "4.01" },
    { "OData-Version": "4.0;NetFx", "OData-MaxVersion": "4.0;NetFx" },
    { "OData-Version": "4.01 ; x;y" },
  ])("%j", (headers) => {
    expect(() => negotiate(new Headers(headers))).not.toThrow();
  });

  test.each([
    [{ "OData-Version": "3.0" }, "The OData-Version '3.0' is not supported."],
    [{ "OData-Version": "3.0;NetFx" }, "The OData-Version '3.0' is not supported."],
    [{ "OData-Version": ";4.0" }, "The OData-Version '' is not supported."],
    [{ "OData-MaxVersion": "3.0;4.0" }, "The OData-MaxVersion '3.0' is not supported."],
    [{ "OData-Version": "" }, "The OData-Version '' is not supported."],
    [{ "OData-MaxVersion": "3.0" }, "The OData-MaxVersion '3.0' is not supported."],
    [{ "OData-MaxVersion": "x" }, "The OData-MaxVersion 'x' is not supported."],
    [{ "OData-MaxVersion": "4e9" }, "The OData-MaxVersion '4e9' is not supported."],
  ])("%j is refused", (headers, message) => {
    expect(() => negotiate(new Headers(headers))).toThrow(message);
  });
});

describe("Prefer", () => {
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
});

test.each([
  "text/plain",
  "text/*;q=0.1",
  "application/json",
  "*/*",
  "text/plain;q=0, application/json",
  null,
])("Accept: %s takes a count", (header) => {
  expect(graphFault(() => checkAcceptsText(header))).toBeUndefined();
});

test.each(["text/plain;q=0", "text/plain;q=0, text/*", "text/html", "application/xml"])(
  "Accept: %s refuses a count",
  (header) => {
    expect(graphFault(() => checkAcceptsText(header))?.status).toBe(406);
  },
);
