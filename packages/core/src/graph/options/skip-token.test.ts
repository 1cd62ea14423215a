import * as fc from "fast-check";
import { expect, test } from "vitest";
import { graphFault } from "../../../test/graph-fault.ts";
import { parseQuery } from "./query-options.ts";
import { formatNextLink, formatSkipToken, parseSkipToken } from "./skip-token.ts";

const scope = { tenantId: "00000000-0000-4000-8000-000000000001", search: [{ word: "a" }, { word: "b" }] };
const invalid = "The $skiptoken is not valid for this request.";
const cursor = '06a792e9-92e9-06a7-e992-a706e992a706 naïve "app" 🎉';

test("a token leads back to its cursor, and needs no escape in a URL", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const token = formatSkipToken(text, scope);
      expect(parseSkipToken(token, scope)).toBe(text);
      expect(encodeURIComponent(token)).toBe(token);
    }),
  );
});

test.each([
  ["another tenant", { ...scope, tenantId: "00000000-0000-4000-8000-000000000002" }],
  ["other words", { ...scope, search: [{ word: "a" }] }],
  [
    "the same words in one property",
    { ...scope, search: scope.search.map((term) => ({ ...term, property: "publisher" as const })) },
  ],
  ["no words", { ...scope, search: undefined }],
])("a token of %s is not valid", (_, other) => {
  expect(problemOf(formatSkipToken(cursor, other))).toBe(invalid);
});

test("a token with any character changed is not valid", () => {
  const token = formatSkipToken(cursor, scope);
  for (const at of token.split("").keys()) {
    const other = token[at] === "A" ? "B" : "A";
    expect(problemOf(token.slice(0, at) + other + token.slice(at + 1))).toBe(invalid);
  }
});

test.each(["", ".", "x", "a.b.c", "x".repeat(8000)])("%s is not valid", (token) => {
  expect(problemOf(token)).toBe(invalid);
});

function problemOf(token: string): string | undefined {
  return graphFault(() => parseSkipToken(token, scope))?.message;
}

test("a next link keeps every other option as it was sent", () => {
  const options = parseQuery("$top=2&SkipToken=old&$search=%22a%20b%22&_=1");
  expect(formatNextLink("http://localhost/apps", options, "new", 100)).toBe(
    "http://localhost/apps?$top=2&$search=%22a%20b%22&_=1&$skiptoken=new",
  );
});

test("a link that is longer than the maximum is a 414, since its own server would refuse it", () => {
  const options = parseQuery("$top=2");
  const { length } = formatNextLink("/apps", options, "new", 100);
  expect(formatNextLink("/apps", options, "new", length)).toHaveLength(length);
  expect(graphFault(() => formatNextLink("/apps", options, "new", length - 1))).toMatchObject({
    status: 414,
  });
});
