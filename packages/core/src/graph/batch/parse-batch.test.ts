import { describe, expect, test } from "vitest";
import { graphFault } from "../../../test/graph-fault.ts";
import type { GraphError } from "../../http/graph-error.ts";
import { parseBatch, type BatchItem } from "./parse-batch.ts";

const one = { id: "1", method: "GET", url: "/me" };
const json = { "Content-Type": "application/json" };

test("an item keeps the text of its body, whatever its numbers and names are", () => {
  const body = '{ "a" : 4.0000000000000000001, "a":1e400,\n "b":[ "\\u0041\\ud800" ] }';
  const text = `{"requests":[{"id":"1","method":"patch","url":"/x","headers":${JSON.stringify(json)},"body": ${body} }]}`;
  const [item] = parseText(text);
  expect(item).toMatchObject({ id: "1", method: "PATCH", url: "/x", body, dependsOn: [] });
  expect(item?.headers.get("content-type")).toBe("application/json");
  expect(item?.headers.has("if-match")).toBe(false);
});

test("dependencies are the indexes of earlier items, whose ids compare without case", () => {
  const items = parse([{ ...one, id: "A" }, one, { ...one, id: "b", dependsOn: ["1", "a"] }]);
  expect(items.map(({ dependsOn }) => dependsOn)).toEqual([[], [], [1, 0]]);
});

test("null is as good as absent, and control information and atomicityGroup are ignored", () => {
  const more = { headers: null, body: null, dependsOn: null, atomicityGroup: "g", "@odata.type": "x" };
  expect(parse([{ ...one, ...more }])).toMatchObject([{ body: undefined, dependsOn: [] }]);
});

describe("a batch is refused", () => {
  const items = (count: number): object[] =>
    Array.from({ length: count }, (_, index) => ({ ...one, id: `${index}` }));

  test("with more than 20 requests", () => {
    expect(parse(items(20))).toHaveLength(20);
    expect(faultOf(items(21))?.message).toBe(
      "Number of requests inside batch exceeds the limit. At most 20 are allowed; this batch has 21.",
    );
  });

  test.each<[string, unknown[], string]>([
    ["B96: without requests", [], "Invalid batch payload: 'requests' is empty."],
    [
      "B97: with an id that is no text",
      [{ ...one, id: 1 }],
      "Invalid batch payload: 'id' of request 1 is not a text.",
    ],
    [
      "B97: with a long id",
      [{ ...one, id: "x".repeat(129) }],
      "Invalid batch payload: 'id' of request 1 does not have 1 to 128 characters.",
    ],
    [
      "B98: whose request depends on itself",
      [{ ...one, dependsOn: ["1"] }],
      "Invalid dependency for request Id 1.",
    ],
    [
      "whose request depends on a later one",
      [
        { ...one, dependsOn: ["2"] },
        { ...one, id: "2" },
      ],
      "Invalid dependency for request Id 1.",
    ],
    [
      "whose dependency is no list",
      [one, { ...one, id: "2", dependsOn: "1" }],
      "Invalid dependency for request Id 2.",
    ],
    [
      "B99: with a header that is no text",
      [{ ...one, headers: { Accept: 1 } }],
      "Invalid batch payload: the header 'Accept' of request 1 is not a text.",
    ],
    [
      "with a header twice",
      [{ ...one, headers: { "If-Match": "*", "if-match": "*" } }],
      "Invalid batch payload: the header 'if-match' of request 1 is repeated.",
    ],
    [
      "with an id twice",
      [
        { ...one, id: "a" },
        { ...one, id: "A" },
      ],
      "Request Id A has to be unique in a batch.",
    ],
    [
      "with a body of no type",
      [one, { ...one, id: "2", method: "Patch", body: {} }],
      "Write request with id '2' does not contain a Content-Type header.",
    ],
    [
      "with a member that is misspelt",
      [{ ...one, dependson: ["1"] }],
      "Invalid batch payload: request 1 has a member 'dependson' that is not known.",
    ],
    [
      "without a method",
      [{ id: "1", url: "/" }],
      "Invalid batch payload: 'method' of request 1 is not a text.",
    ],
    [
      "without a URL",
      [{ id: "1", method: "GET" }],
      "Invalid batch payload: 'url' of request 1 is not a text.",
    ],
    ["of texts", ["GET /"], "Invalid batch payload: request 1 is not a JSON object."],
    [
      "with headers in a list",
      [{ ...one, headers: [] }],
      "Invalid batch payload: 'headers' of request 1 is not a JSON object.",
    ],
  ])("%s", (_what, requests, message) => {
    expect(faultOf(requests)).toMatchObject({ status: 400, code: "BadRequest", message });
  });

  test.each([
    ["", "Invalid JSON at line 1, column 1"],
    [`[${"0,".repeat(39_999)}0]`, "it is not a JSON object"],
    [`[${"0,".repeat(40_000)}0]`, "it has more than 40000 commas and brackets"],
    [`[${'{"a":[[]]} '.repeat(14_000)}`, "it has more than 40000 commas and brackets"],
    ["[]", "it is not a JSON object"],
    ["{}", "'requests' is not an array"],
    ['{"requests":{}}', "'requests' is not an array"],
    ['{"requests":[],"requests":[]}', "'requests' of the batch is repeated"],
    ['{"requests":[],"more":1}', "the batch has a member 'more' that is not known"],
    ['{"requests":[{"id":"1","id":"2"}]}', "'id' of request 1 is repeated"],
    [`{"requests":${"[".repeat(200)}`, "Too many levels at line 1, column 112"],
    ['{"requests":[{"id":"\\ud800"}]}', "'id' of request 1 is not a text"],
  ])("with the body %s", (text, why) => {
    const fault = graphFault(() => parseText(text));
    expect(fault).toMatchObject({
      status: 400,
      code: "BadRequest",
      message: `Invalid batch payload: ${why}.`,
    });
  });

  test("that is not UTF-8", () => {
    const fault = graphFault(() => parseBatch(new Uint8Array([0x7b, 0xff])));
    expect(fault).toMatchObject({ message: "Invalid batch payload: it is not valid UTF-8." });
  });
});

function parseText(text: string): readonly BatchItem[] {
  return parseBatch(new TextEncoder().encode(text));
}

function parse(requests: readonly unknown[]): readonly BatchItem[] {
  return parseText(JSON.stringify({ requests }));
}

function faultOf(requests: readonly unknown[]): GraphError | undefined {
  return graphFault(() => parse(requests));
}
