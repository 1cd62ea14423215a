import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { appId, examplePatch } from "../../test/samples.ts";
import { counterMaximum, counterNames } from "../resource/counters.ts";
import type { GraphError } from "../http/graph-error.ts";
import { installSummaryPatchSchema } from "../resource/install-summary-schema.ts";
import { parseJsonText } from "../text/json-text.ts";
import { isJsonArray } from "../text/json-value.ts";
import {
  parsePatch,
  parsePatchJson,
  parsePatchText,
  safeParsePatch,
  safeParsePatchText,
} from "./parse-patch.ts";
import { visibleText } from "../text/visible-text.ts";

const notJson =
  "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.";

test("the specification's example is a patch of all ten counters", () => {
  expect(parsePatchText(JSON.stringify(examplePatch))).toEqual(examplePatch);
  expect(parsePatch(examplePatch)).toEqual(examplePatch);
});

test("a body inside another JSON text is parsed as one of its own", () => {
  expect(parseInsideBatch(JSON.stringify(examplePatch))).toEqual(examplePatch);
  expect(parseInsideBatch(`{"id":"${appId}","failedDeviceCount":40e-1}`)).toEqual({ failedDeviceCount: 4 });
  expect(() => parseInsideBatch('{"failedDeviceCount":4.0000000000000000001}')).toThrow("Cannot convert");
  expect(() => parseInsideBatch('{"failedDeviceCount":4,"failedDeviceCount":5}')).toThrow(/properties\.$/);
  expect(() => parseInsideBatch("[]")).toThrow("A 'StartObject' node was expected.");
});

describe("a whole number is the value of a counter", () => {
  test.each([
    ["4", 4],
    ["4.0", 4],
    ["40e-1", 4],
    ["1e3", 1000],
    ["-0", 0],
    ["0", 0],
    ["2147483647", counterMaximum],
    // B85
    ["0e99999999999", 0],
  ])("%s", (text, value) => {
    expect(parsePatchText(`{"failedDeviceCount":${text}}`)).toEqual({ failedDeviceCount: value });
  });

  test("never -0", () => {
    expect(Object.is(parsePatchText('{"failedDeviceCount":-0}').failedDeviceCount, 0)).toBe(true);
    expect(Object.is(parsePatch({ failedDeviceCount: -0 }).failedDeviceCount, 0)).toBe(true);
  });
});

describe("one fault of a body is the error, with its message word for word", () => {
  const digits = "9".repeat(60_000);

  test.each([
    ['"4"', literal("4", '"4"')],
    ["true", literal("true")],
    ["1.5", literal("1.5")],
    ["4.0000000000000000001", literal("4.0000000000000000001")],
    ['"\\u001b[2J"', literal("␛[2J", '"␛[2J"')],
    ["-1", range("-1")],
    ["2147483648", range("2147483648")],
    ["1e400", range("1e400")],
    ["null", "'failedDeviceCount' cannot be null. Leave the property out to keep its value."],
    ["[]", node("StartArray", "[…]")],
    ["[[1]]", node("StartArray", "[…]")],
    ["{}", node("StartObject", "{…}")],
    // B87: no power of ten is computed, the echo is cut.
    ["1e99999999999", range("1e99999999999")],
    ["1e-99999999999", literal("1e-99999999999")],
    [digits, range(`${"9".repeat(63)}…`)],
  ])("%.40s", (text, message) => {
    const error = refusal(`{"failedDeviceCount":${text}}`);
    expect(error).toMatchObject({
      status: 400,
      code: "ModelValidationFailure",
      message,
      target: "failedDeviceCount",
    });
    expect(error.details).toEqual([]);
    expect(error).not.toHaveProperty("innerCode");
  });
});

describe("a property that is not a counter", () => {
  test.each([
    ["FailedDeviceCount", " Did you mean 'failedDeviceCount'?"],
    ["installedDevicesCount", " Did you mean 'installedDeviceCount'?"],
    ["displayName", ""],
    // B89
    ["__proto__", ""],
    ["constructor", ""],
    ["toString", ""],
  ])("%s is a fault", (name, help) => {
    const error = refusal(`{${JSON.stringify(name)}:1}`);
    expect(error).toMatchObject({
      code: "ModelValidationFailure",
      message: missing(name) + help,
      target: name,
    });
  });

  test("is a fault in the result of JSON.parse too", () => {
    const result = safeParsePatch(JSON.parse('{"__proto__":1}'));
    expect(result).toMatchObject({ success: false, error: { target: "__proto__" } });
  });

  test("is repeated without its control characters, and cut", () => {
    expect(refusal(`{"a\\u202eb":1}`).target).toBe("a⟨U+202E⟩b");
    expect(refusal(`{"${"x".repeat(1000)}":1}`).message).toBe(missing(`${"x".repeat(63)}…`));
  });
});

describe("a name that appears twice is a fault", () => {
  test.each([
    ['{"failedDeviceCount":1,"failedDeviceCount":1}', "failedDeviceCount", 1, 24],
    // B88, B86: an escaped name is the same name.
    ['{\n  "failedDeviceCount": 1,\n  "f\\u0061iledDeviceCount": 2\n}', "failedDeviceCount", 3, 3],
    [`{"id":"${appId}","id":"${appId}"}`, "id", 1, 46],
    ['{"@odata.etag":"1","@odata.etag":"1"}', "@odata.etag", 1, 20],
  ])("%s", (body, name, line, column) => {
    expect(refusal(body)).toMatchObject({
      code: "ModelValidationFailure",
      message: `${twice(name)} Repeated at line ${line}, column ${column}.`,
      target: name,
    });
  });
});

test("an escaped name is the name that it spells (B86)", () => {
  expect(parsePatchText('{"f\\u0061iledDeviceCount":2}')).toEqual({ failedDeviceCount: 2 });
});

describe("control information", () => {
  test.each([
    '{"@odata.type":"#microsoft.graph.mobileAppInstallSummary"}',
    '{"@odata.type":"microsoft.graph.mobileAppInstallSummary"}',
    '{"@odata.context":"x","@odata.etag":null,"failedDeviceCount@odata.type":"#Int32","@installSummary.warnings":[]}',
    `{"id":"${appId}"}`,
    `{"id":"${appId.toUpperCase()}"}`,
    "{}",
  ])("is accepted and changes nothing: %s", (body) => {
    expect(parsePatchText(body, { id: appId })).toEqual({});
  });

  test.each([
    ['"#microsoft.graph.mobileApp"', "#microsoft.graph.mobileApp"],
    ['"#Microsoft.Graph.mobileAppInstallSummary"', "#Microsoft.Graph.mobileAppInstallSummary"],
    ["null", "null"],
    ["7", "7"],
    ["{}", "object"],
  ])("of another type is a fault: %s", (value, shown) => {
    expect(refusal(`{"@odata.type":${value}}`)).toMatchObject({
      code: "ModelValidationFailure",
      target: "@odata.type",
      message: `A type named '${shown}' could not be resolved by the model. When a model is available, each type name must resolve to a valid type. Use '#microsoft.graph.mobileAppInstallSummary', or leave it out.`,
    });
  });

  test.each([
    ['"11111111-1111-1111-1111-111111111111"', '"11111111-1111-1111-1111-111111111111"'],
    ["null", "null"],
    ["7", "7"],
    ["[]", "[…]"],
  ])("of another id is a fault: %s", (value, sent) => {
    expect(refusal(`{"id":${value}}`)).toMatchObject({
      code: "ModelValidationFailure",
      target: "id",
      innerCode: "propertyNotUpdateable",
      message: `'id' cannot be changed. It is '${appId}'. Got ${sent}.`,
    });
  });

  test("of any id is accepted when the app's id is unknown", () => {
    expect(parsePatch({ id: "whatever" })).toEqual({});
    expect(safeParsePatch({ id: 7 })).toMatchObject({
      success: false,
      error: { message: "'id' cannot be changed. Got 7." },
    });
  });
});

describe("a body that is not a JSON object is an error as a whole", () => {
  test.each([
    ["[]", topNode("StartArray")],
    ["[{}]", topNode("StartArray")],
    ['"text"', topNode("PrimitiveValue")],
    ["null", topNode("PrimitiveValue")],
    ["4", topNode("PrimitiveValue")],
    ["true", topNode("PrimitiveValue")],
    ["", "Empty Payload. JSON content expected."],
    [" \r\n\t", "Empty Payload. JSON content expected."],
    ["\uFEFF", "Empty Payload. JSON content expected."],
    [bytes(), "Empty Payload. JSON content expected."],
    [bytes(0xef, 0xbb, 0xbf), "Empty Payload. JSON content expected."],
    [`{"a":\n${"[".repeat(16)}${"]".repeat(16)}}`, tooDeep(2, 16)],
    ["[".repeat(30_000), tooDeep(1, 17)],
    [bytes('{"a":"', 0xff, '"}'), "The body is not valid UTF-8."],
    // B92: UTF-8 that is cut, an encoded surrogate, UTF-16.
    [bytes('{"a":"', 0xc3), "The body is not valid UTF-8."],
    [bytes('{"a":"', 0xed, 0xa0, 0x80, '"}'), "The body is not valid UTF-8."],
    [bytes(0xff, 0xfe, "{", 0, "}", 0), "The body is not valid UTF-8."],
  ])("%.30j", (body, message) => {
    const error = refusal(body);
    expect(error).toMatchObject({ status: 400, code: "BadRequest", message });
    expect(error).not.toHaveProperty("target");
  });

  test.each([
    ['{"failedDeviceCount":NaN}', 1, 22],
    ['{"failedDeviceCount":01}', 1, 23],
    ['{"failedDeviceCount":+1}', 1, 22],
    ['{"failedDeviceCount":.5}', 1, 22],
    ['{"failedDeviceCount":1.}', 1, 23],
    ['{\n  "failedDeviceCount": 1 // one\n}', 2, 26],
    ['{"failedDeviceCount":1,}', 1, 24],
    ["{'failedDeviceCount':1}", 1, 2],
    ["{failedDeviceCount:1}", 1, 2],
    ['{"failedDeviceCount":1} x', 1, 25],
    ["{}{}", 1, 3],
    ['{"a":"\\ud800"}', 1, 6],
    ['{"\\udc00":1}', 1, 2],
    ['{"a":"\ud800"}', 1, 6],
    ['{"a":"\\x"}', 1, 7],
    ['{"a":"\\u12"}', 1, 7],
    ['{"a":"line\nbreak"}', 1, 11],
    ['{"a":"open', 1, 11],
    ['{"a":1', 1, 7],
    ["{\u0000}", 1, 2],
    ["{\u00a0}", 1, 2],
    ["\u00a0", 1, 1],
    ["{\uFEFF}", 1, 2],
    ["tru", 1, 1],
  ])("%j is invalid JSON", (body, line, column) => {
    expect(refusal(body)).toMatchObject({
      status: 400,
      code: "BadRequest",
      message: `${notJson} Invalid JSON at line ${line}, column ${column}.`,
    });
  });

  test.each([
    [new Map([["failedDeviceCount", 4]]), "[object Map]"],
    [Promise.resolve({ failedDeviceCount: 4 }), "[object Promise]"],
    [new Date(0), "[object Date]"],
  ])("%o has no members and is not an empty patch", (value, kind) => {
    expect(safeParsePatch(value)).toMatchObject({
      error: {
        code: "BadRequest",
        message: `A patch is an object like { failedUserCount: 4 }; got ${kind}.`,
      },
    });
  });

  test("a function is a fault and not left out", () => {
    for (const value of [() => 5, Symbol("5")]) {
      const message = literal(String(value), `"${String(value)}"`);
      expect(safeParsePatch({ failedDeviceCount: value })).toMatchObject({
        error: { target: "failedDeviceCount", message },
      });
    }
    expect(parsePatch({ failedDeviceCount: undefined })).toEqual({});
  });

  test("undefined is an empty body", () => {
    expect(safeParsePatch(undefined)).toMatchObject({
      error: { message: "Empty Payload. JSON content expected." },
    });
  });
});

test("a byte-order mark before JSON is skipped", () => {
  expect(parsePatchText('\uFEFF{"failedDeviceCount":1}')).toEqual({ failedDeviceCount: 1 });
  expect(parsePatchText(bytes(0xef, 0xbb, 0xbf, '{"failedDeviceCount":1}'))).toEqual({
    failedDeviceCount: 1,
  });
});

test("each body is decoded on its own", () => {
  expect(() => parsePatchText(bytes(0x7b, 0xf0, 0x9f))).toThrow("The body is not valid UTF-8.");
  expect(parsePatchText(new TextEncoder().encode('\uFEFF{"failedDeviceCount":4}'))).toEqual({
    failedDeviceCount: 4,
  });
  expect(parsePatchText(new TextEncoder().encode('\uFEFF{"failedDeviceCount":5}'))).toEqual({
    failedDeviceCount: 5,
  });
});

test("16 levels are accepted", () => {
  expect(refusal(`{"a":${"[".repeat(15)}${"]".repeat(15)}}`)).toMatchObject({ target: "a" });
});

test("64 KiB are accepted (B84), one byte more is not (B93)", () => {
  const body = '{"failedDeviceCount":1}';
  const full = body.padEnd(64 * 1024);
  const umlaut = `{"@a": "${"ü".repeat((64 * 1024 - 10) / 2)}"}`;
  for (const exact of [full, new TextEncoder().encode(full), umlaut, new TextEncoder().encode(umlaut)]) {
    expect(safeParsePatchText(exact).success).toBe(true);
  }
  for (const more of [`${full} `, new TextEncoder().encode(`${full} `), `${umlaut} `, `${umlaut}é`]) {
    expect(refusal(more)).toMatchObject({
      status: 413,
      code: "RequestEntityTooLarge",
      message: "The body is larger than 65536 bytes.",
    });
  }
});

describe("several faults", () => {
  test("are all listed, in body order, and the first one is the error", () => {
    const error = refusal('{"failedDeviceCount":null,"x":1,"id":"y","failedUserCount":3}');
    const messages = [
      "'failedDeviceCount' cannot be null. Leave the property out to keep its value.",
      "The property 'x' does not exist on type 'microsoft.graph.mobileAppInstallSummary'.",
      `'id' cannot be changed. It is '${appId}'. Got "y".`,
    ];
    expect(error).toMatchObject({
      code: "ModelValidationFailure",
      target: "failedDeviceCount",
      message: `${messages[0]} (and 2 more)`,
    });
    expect(error.details).toEqual([
      { code: "ModelValidationFailure", target: "failedDeviceCount", message: messages[0] },
      { code: "ModelValidationFailure", target: "x", message: messages[1] },
      { code: "ModelValidationFailure", target: "id", message: messages[2] },
    ]);
    // The narrower word belongs to the fault that the error repeats, not to one of the others.
    expect(error).not.toHaveProperty("innerCode");
  });

  test("each repeat the value that was sent", () => {
    const { details } = refusal('{"failedDeviceCount":"4","failedUserCount":4.5,"installedUserCount":[4]}');
    expect(details.map(({ message }) => /got (.*)\.$/.exec(message)?.[1])).toEqual(['"4"', "4.5", "[…]"]);
  });

  test("beyond a hundred are counted and not listed (B90)", () => {
    const names = Array.from({ length: 8000 }, (_, index) => `"${index.toString(36)}":0`);
    const error = refusal(`{${names.join(",")}}`);
    expect(error.details).toHaveLength(100);
    expect(error.message).toMatch(/ \(and 7999 more\)$/);
  });
});

describe("for all input", () => {
  const values = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: -2, max: counterMaximum + 2 }) },
    fc.constantFrom(0, -0, 1.5, 1e21, counterMaximum, counterMaximum + 1, null, true, "4", "", [], {}, [1], {
      a: 1,
    }),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const names = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<string>(...counterNames) },
    fc.constantFrom("__proto__", "FailedDeviceCount", "x"),
    fc.string({ unit: "grapheme", maxLength: 80 }).filter((name) => name !== "id" && !name.includes("@")),
  );
  const bodies = fc
    .uniqueArray(fc.tuple(names, values), { selector: ([name]) => name, maxLength: 6 })
    .map(
      (members) =>
        `{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",")}}`,
    );

  test("exactly the valid patches are accepted, as by the schema", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const json: unknown = JSON.parse(body);
        const schema = installSummaryPatchSchema.safeParse(json);
        const parsed = safeParsePatch(json);
        expect(parsed.success).toBe(schema.success);
        expect(parsed.success ? parsed.data : undefined).toEqual(schema.data);
      }),
      { numRuns: 1000 },
    );
  });

  test("every fault names its property, in body order", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const result = safeParsePatchText(body);
        if (result.success) return;
        const { error } = result;
        const targets =
          error.details.length > 0 ? error.details.map((detail) => detail.target) : [error.target];
        const json: unknown = JSON.parse(body);
        const members = Object.entries(typeof json === "object" && json !== null ? json : {});
        const faulty = members.filter(
          ([name, value]) => !installSummaryPatchSchema.safeParse({ [name]: value }).success,
        );
        expect(targets).toEqual(faulty.map(([name]) => visibleText(name, 64)));
        expect(error.target).toBe(targets[0]);
        for (const detail of error.details) expect(detail.message).not.toBe("");
      }),
      { numRuns: 1000 },
    );
  });

  test("a text and its parsed value are parsed alike", () => {
    const texts = fc.oneof(
      bodies,
      fc.jsonValue({ maxDepth: 8 }).map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const ofText = safeParsePatchText(text, { id: appId });
        const ofValue = safeParsePatch(JSON.parse(text), { id: appId });
        expect(outcome(ofText)).toEqual(outcome(ofValue));
      }),
      { numRuns: 1000 },
    );
  });

  test("for all texts the only error is a GraphError", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      "\\",
      "failedDeviceCount",
      "1",
      "-",
      "e",
      " ",
      "null",
    );
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(pieces).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(fc.oneof(texts, fc.uint8Array()), (text) => {
        // The safe twin passes on whatever is no GraphError.
        expect(typeof safeParsePatchText(text).success).toBe("boolean");
      }),
      { numRuns: 1000 },
    );
  });
});

test("the throwing variants throw what the safe ones return", () => {
  expect(() => parsePatch({ x: 1 })).toThrowError(expect.objectContaining({ target: "x" }));
  expect(() => parsePatchText('{"x":1}')).toThrowError(expect.objectContaining({ target: "x" }));
});

function refusal(body: string | Uint8Array, id: string = appId): GraphError {
  const result = safeParsePatchText(body, { id });
  if (result.success) throw new Error(`accepted: ${JSON.stringify(result.data)}`);
  return result.error;
}

function bytes(...parts: readonly (string | number)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === "number" ? [part] : Array.from(new TextEncoder().encode(part)))),
  );
}

function outcome(result: ReturnType<typeof safeParsePatch>): unknown {
  return result.success ? result.data : result.error.toJSON();
}

function literal(text: string, sent: string = text): string {
  return `Cannot convert the literal '${text}' to the expected type 'Edm.Int32'. ${whole(sent)}`;
}

function whole(sent: string): string {
  return `'failedDeviceCount' must be a whole number from 0 to 2147483647; got ${sent}.`;
}

function range(text: string): string {
  return `'failedDeviceCount' must be between 0 and 2147483647; got ${text}.`;
}

function node(kind: string, sent: string): string {
  return `An unexpected '${kind}' node was found when reading from the JSON reader. A 'PrimitiveValue' node was expected. ${whole(sent)}`;
}

function topNode(kind: string): string {
  return `An unexpected '${kind}' node was found when reading from the JSON reader. A 'StartObject' node was expected.`;
}

function tooDeep(line: number, column: number): string {
  return `The body is nested deeper than 16. Too many levels at line ${line}, column ${column}.`;
}

function missing(name: string): string {
  return `The property '${name}' does not exist on type 'microsoft.graph.mobileAppInstallSummary'.`;
}

function twice(name: string): string {
  return `Multiple properties with the name '${name}' were detected in a resource or a complex value. OData does not allow duplicate properties.`;
}

function parseInsideBatch(body: string): unknown {
  const requests = parseJsonText(`[${body}]`, 16);
  const [first] = isJsonArray(requests) ? requests.items : [];
  return parsePatchJson(first ?? null, { id: appId });
}
