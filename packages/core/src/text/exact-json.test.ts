import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRoundedNumber, parseExactJson, parseLongJson } from "./exact-json.ts";
import { JsonTextError } from "./json-text.ts";

const digits = fc.stringMatching(/^(?:0|[1-9][0-9]{0,30})$/);
const numbers = fc.record({
  sign: fc.constantFrom("", "-"),
  whole: digits,
  fraction: fc.option(fc.stringMatching(/^[0-9]{1,30}$/), { nil: "" }),
  exponent: fc.option(fc.integer({ min: -30, max: 30 }), { nil: 0 }),
});

describe.each([
  ["parseExactJson", parseExactJson],
  ["parseLongJson", parseLongJson],
])("%s, for all JSON", (_name, parse) => {
  test("without numbers that a double rounds, the value is that of JSON.parse", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value, undefined, 1);
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test("a text with blanks and one without mean the same, down to the same depth", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parse(JSON.stringify(value))).toEqual(parseExactJson(JSON.stringify(value, undefined, 1)));
      }),
    );
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ] as const) {
      const nested = (levels: number): string => `${open.repeat(levels)}0${close.repeat(levels)}`;
      expect(isValid(() => parse(nested(100)))).toBe(true);
      expect(isValid(() => parse(nested(101)))).toBe(false);
      expect(isValid(() => parse(nested(100_000)))).toBe(false);
    }
  });

  test("a text is invalid exactly where JSON.parse throws", () => {
    const characters = fc.constantFrom(...Array.from('{}[]:,"\\u0atrefalsn1.-+eE \n\u0000\u00e9\ud83d'));
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 12 }), (text) => {
        expect(isValid(() => parse(text))).toBe(isValid(() => JSON.parse(text)));
      }),
      { numRuns: 3000 },
    );
  });

  test("a fraction never becomes a whole number, and any other number is that of JSON.parse", () => {
    fc.assert(
      fc.property(numbers, ({ sign, whole, fraction, exponent }) => {
        const text = `${sign}${whole}${fraction === "" ? "" : `.${fraction}`}e${exponent}`;
        // The oracle computes with whole numbers: text = mantissa / 10 ** scale.
        const scale = fraction.length - exponent;
        const isWhole = scale <= 0 || BigInt(whole + fraction) % 10n ** BigInt(scale) === 0n;
        const isRounded = !isWhole && Number.isInteger(Number(text));
        expect(parse(text)).toEqual(isRounded ? { kind: "number", text } : Number(text));
      }),
      { numRuns: 2000 },
    );
  });

  test("a name that appears twice in an object is found, wherever the object is", () => {
    const names = fc.array(fc.constantFrom("id", "failedUserCount", "__proto__", "\\u0069d"), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(names, (list) => {
        const text = `[{"value":{${list.map((name) => `"${name}":1`).join(",")}}}]`;
        const meant = list.map((name) => name.replace("\\u0069", "i"));
        expect(isValid(() => parse(text))).toBe(new Set(meant).size === meant.length);
      }),
    );
  });
});

test("the error names the repeated member and its position", () => {
  const error = new JsonTextError("duplicate", '{\n  "id": 1,\n  "id": 2\n}', 15, "'id' is repeated");
  expect(error.message).toBe("'id' is repeated at line 3, column 3.");
  expect(() => parseExactJson('{\n  "id": 1,\n  "id": 2\n}')).toThrow(error);
});

test.each([
  ["6.00000000000000000001", true],
  ["1e-400", true],
  ["6.0", false],
  ["60e-1", false],
  ["6.5", false],
  ["1e400", true],
  ["-1e400", true],
  ["1e308", false],
])("%s is a number that a double cannot hold: %s", (text, isRounded) => {
  expect(isRoundedNumber(parseExactJson(text))).toBe(isRounded);
});

function isValid(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}
