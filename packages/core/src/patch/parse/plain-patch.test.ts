import * as fc from "fast-check";
import { expect, test } from "vitest";
import { appId, examplePatch, patches } from "../../../test/samples.ts";
import { GraphError, isGraphError } from "../../http/graph-error.ts";
import { counterNames } from "../../resource/counters.ts";
import type { InstallSummaryPatch } from "../../resource/install-summary.ts";
import { parsePatch, parsePatchText } from "../parse-patch.ts";
import { decodeBody, parseBody } from "./body.ts";
import { toJsonValue } from "./javascript-value.ts";
import { parseMembers } from "./members.ts";
import { parsePlainText } from "./body.ts";
import { parsePlainObject } from "./javascript-value.ts";

const options = { id: appId };

test("the specification's example is plain, as one line and indented", () => {
  expect(parsePlainText(JSON.stringify(examplePatch))).toEqual(examplePatch);
  expect(parsePlainText(`\r\n${JSON.stringify(examplePatch, undefined, "\t")}\n`)).toEqual(examplePatch);
  expect(parsePlainObject(examplePatch)).toEqual(examplePatch);
});

test.each([
  "{}",
  '{"failedDeviceCount":04}',
  '{"failedDeviceCount":4.0}',
  '{"failedDeviceCount":4e0}',
  '{"failedDeviceCount":2147483647}',
  '{"failedDeviceCount":4,"failedDeviceCount":4}',
  '{"failedDeviceCount":4,}',
  '{"failedDeviceCount":4}}',
  '{"failedDeviceCount":4}\u00a0',
  '{"failed\\u0044eviceCount":4}',
  `{"id":"${appId}"}`,
])("%s is left to the full parser", (text) => {
  expect(parsePlainText(text)).toBeUndefined();
});

// Most texts are plain; the others have a name, a value or a character that is not.
function mostly<Value>(plain: fc.Arbitrary<Value>, other: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 9, arbitrary: plain }, { weight: 1, arbitrary: other });
}
const blanks = mostly(fc.constantFrom("", " ", "\n", "\t\r\n"), fc.constant("\u00a0"));
const names = mostly(
  fc.constantFrom(...counterNames),
  fc.constantFrom("id", "@odata.type", "a@b", "faildDeviceCount", String.raw`failedDeviceCoun\u0074`),
);
const values = mostly(
  fc.nat({ max: 999_999_999 }).map(String),
  fc.constantFrom("-0", "04", "4.0", "1e3", "2147483647", "2147483648", "-1", "1.5", "null", '"4"', "[]"),
);
const memberTexts = fc
  .tuple(blanks, names, blanks, values, blanks)
  .map(([before, name, colon, value, after]) => `${before}"${name}"${colon}:${value}${after}`);
const slips = mostly(fc.constant(""), fc.constantFrom(",", "}", "{", '"', "x", "0"));
const texts = fc
  .tuple(fc.array(memberTexts, { maxLength: 6 }), blanks, fc.nat(), slips)
  .map(([members, end, at, slip]) => {
    const text = `{${members.join(",")}}${end}`;
    const cut = at % (text.length + 1);
    return text.slice(0, cut) + slip + text.slice(cut);
  });

test("for every text the quick check and the full parser agree, on the patch and on the error", () => {
  fc.assert(
    fc.property(texts, fc.boolean(), (text, asBytes) => {
      const body = asBytes ? new TextEncoder().encode(text) : text;
      const full = outcome(() => parseMembers(parseBody(decodeBody(body)), options, text));
      expect(outcome(() => parsePatchText(body, options))).toEqual(full);
    }),
    { numRuns: 5000 },
  );
});

test("for every object the quick check and the full parser agree, on the patch and on the error", () => {
  const members = fc.oneof(
    fc.integer(),
    fc.double(),
    fc.constantFrom(-0, 4, "4", null, undefined, 4n, [], {}),
  );
  const objects = fc.dictionary(fc.constantFrom(...counterNames, "id", "x"), members);
  fc.assert(
    fc.property(fc.oneof(patches, objects), (value) => {
      const full = outcome(() => parseMembers(toJsonValue(value), options));
      expect(outcome(() => parsePatch(value, options))).toEqual(full);
    }),
    { numRuns: 2000 },
  );
});

function outcome(parse: () => InstallSummaryPatch | GraphError): object {
  try {
    const result = parse();
    return result instanceof GraphError ? result.toJSON() : result;
  } catch (error) {
    if (isGraphError(error)) return error.toJSON();
    throw error;
  }
}
